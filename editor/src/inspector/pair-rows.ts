import { isJsonObject } from '@wirebook/errors';

/** A line of a field for keys and values. */
export interface PairRow {
  /** Of this screen only. */
  readonly id: number;
  readonly key: string;
  readonly value: unknown;
}

export function readPairs(value: unknown): PairRow[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).map(([key, item], id) => ({ id, key, value: item }));
}

/** The object that the lines make; a line without a key is not in it yet, and of two with the same key the first counts. */
export function writePairs(rows: readonly PairRow[]): Readonly<Record<string, unknown>> {
  const entries = new Map<string, unknown>();
  for (const { key, value } of rows) if (key !== '' && !entries.has(key)) entries.set(key, value ?? '');
  return Object.fromEntries(entries);
}

/** Why the key of a line does not count; undefined when it does. */
export function findKeyProblem(rows: readonly PairRow[], row: PairRow): string | undefined {
  if (row.key === '') return row.value === undefined || row.value === '' ? undefined : 'A name is missing.';
  const first = rows.find(({ key }) => key === row.key);
  return first === row ? undefined : `"${row.key}" is there twice; the first counts.`;
}
