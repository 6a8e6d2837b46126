import { isJsonObject, type JsonValue } from '@wirebook/errors';
import type { PathStep } from './json-path.ts';

/** What is open in a tree; kept apart from the value, so that it holds for the next value at the same place. */
export interface JsonFolding {
  /** Keys of places, see {@link toPlaceKey}; a place that is in neither is as the first look decides. */
  readonly opened: ReadonlySet<string>;
  readonly closed: ReadonlySet<string>;
  /** How many children of a place are shown, where it is more than a page of them. */
  readonly shownCounts: ReadonlyMap<string, number>;
}

export const untouchedFolding: JsonFolding = { opened: new Set(), closed: new Set(), shownCounts: new Map() };

/** Children that one click shows. */
export const pageSize = 100;

/** A line of the tree. */
export type JsonRow = JsonValueRow | JsonMoreRow;

export interface JsonValueRow {
  readonly kind: 'value';
  readonly key: string;
  readonly steps: readonly PathStep[];
  /** 1 for the root. */
  readonly level: number;
  readonly value: JsonValue;
  /** Null: nothing to open. */
  readonly isOpen: boolean | null;
  readonly position: number;
  readonly setSize: number;
}

/** Stands behind the children that are shown. */
export interface JsonMoreRow {
  readonly kind: 'more';
  readonly key: string;
  readonly parentKey: string;
  readonly level: number;
  readonly shown: number;
  readonly total: number;
}

export function toPlaceKey(steps: readonly PathStep[]): string {
  return JSON.stringify(steps);
}

export function countChildren(value: JsonValue): number {
  if (Array.isArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : 0;
}

/** The lines of a value as it is folded. Only what is open is walked, so the size of the rest costs nothing. */
export function listJsonRows(value: JsonValue, folding: JsonFolding): readonly JsonRow[] {
  const rows: JsonRow[] = [];
  const openAtFirst = findOpenAtFirst(value);

  function add(item: JsonValue, steps: readonly PathStep[], position: number, setSize: number): void {
    const key = toPlaceKey(steps);
    const total = countChildren(item);
    const isOpen = total === 0 ? null : folding.opened.has(key) || (openAtFirst.has(key) && !folding.closed.has(key));
    rows.push({ kind: 'value', key, steps, level: steps.length + 1, value: item, isOpen, position, setSize });
    if (isOpen !== true) return;
    const shown = Math.min(total, folding.shownCounts.get(key) ?? pageSize);
    if (Array.isArray(item)) {
      for (let index = 0; index < shown; index += 1) add(item[index] as JsonValue, [...steps, index], index + 1, total);
    } else if (isJsonObject(item)) {
      for (const [index, [name, child]] of Object.entries(item).slice(0, shown).entries()) add(child, [...steps, name], index + 1, total);
    }
    if (shown < total) rows.push({ kind: 'more', key: `${key}+`, parentKey: key, level: steps.length + 2, shown, total });
  }

  add(value, [], 1, 1);
  return rows;
}

const firstLookRows = 24;

/** The outer places, level by level, as long as their children fill no more than a small screen. The root is always open. */
function findOpenAtFirst(value: JsonValue): ReadonlySet<string> {
  const open = new Set<string>();
  let rows = 1;
  const queue: { item: JsonValue; steps: readonly PathStep[] }[] = [{ item: value, steps: [] }];
  for (const { item, steps } of queue) {
    const count = countChildren(item);
    if (count === 0) continue;
    if (steps.length > 0 && rows + count > firstLookRows) continue;
    open.add(toPlaceKey(steps));
    rows += count;
    if (count > firstLookRows) continue;
    const children: [PathStep, JsonValue][] = Array.isArray(item) ? [...item.entries()] : Object.entries(item as object);
    for (const [step, child] of children) queue.push({ item: child, steps: [...steps, step] });
  }
  return open;
}

export function setOpen(folding: JsonFolding, key: string, isOpen: boolean): JsonFolding {
  const opened = new Set(folding.opened);
  const closed = new Set(folding.closed);
  if (isOpen) {
    opened.add(key);
    closed.delete(key);
  } else {
    opened.delete(key);
    closed.add(key);
  }
  return { ...folding, opened, closed };
}

export function showMore(folding: JsonFolding, { parentKey, shown }: JsonMoreRow): JsonFolding {
  return { ...folding, shownCounts: new Map(folding.shownCounts).set(parentKey, shown + pageSize) };
}
