import { expect, test } from 'vitest';
import { type JsonMoreRow, type JsonRow, listJsonRows, setOpen, showMore, toPlaceKey, untouchedFolding } from './json-rows.ts';

const keysOf = (rows: readonly JsonRow[]) => rows.map(({ key }) => key);

test('[T2] the outer levels of a small value are open at the first look', () => {
  const rows = listJsonRows({ a: { b: [1, 2] }, c: 'x' }, untouchedFolding);
  expect(keysOf(rows)).toEqual(['[]', '["a"]', '["a","b"]', '["a","b",0]', '["a","b",1]', '["c"]']);
});

test('[T2] what was opened or closed stays so for the next value at the same place', () => {
  const deep = (leaf: number) => ({ list: Array.from({ length: 30 }, (_, index) => ({ index, leaf })) });
  let folding = setOpen(untouchedFolding, toPlaceKey(['list', 3]), true);
  folding = setOpen(folding, toPlaceKey(['list']), true);
  expect(keysOf(listJsonRows(deep(1), folding))).toContain('["list",3,"leaf"]');
  expect(keysOf(listJsonRows(deep(2), folding))).toContain('["list",3,"leaf"]');
  folding = setOpen(folding, toPlaceKey([]), false);
  expect(keysOf(listJsonRows(deep(2), folding))).toEqual(['[]']);
});

test('[T2] a long list shows a page at a time, and nothing behind it is walked', () => {
  const list = Array.from({ length: 1_000_000 }, (_, index) => index);
  const rows = listJsonRows(list, untouchedFolding);
  const more = rows.at(-1) as JsonMoreRow;
  expect(rows).toHaveLength(102);
  expect(more).toMatchObject({ kind: 'more', shown: 100, total: 1_000_000 });
  expect(listJsonRows(list, showMore(untouchedFolding, more))).toHaveLength(202);
});

test('[T2] each line knows its level, its place among its siblings and whether it opens', () => {
  expect(listJsonRows({ a: [], b: { c: null } }, untouchedFolding)).toMatchObject([
    { level: 1, isOpen: true, position: 1, setSize: 1 },
    { level: 2, isOpen: null, position: 1, setSize: 2 },
    { level: 2, isOpen: true, position: 2, setSize: 2 },
    { level: 3, isOpen: null, position: 1, setSize: 1 },
  ]);
});
