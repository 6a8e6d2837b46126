export interface SizedRow {
  readonly id: number;
  readonly sizeBytes: number;
}

/** The first of them that have no more than this many bytes together; one at least, if there is one. */
export function selectPage(rows: readonly SizedRow[], maxBytes: number): readonly SizedRow[] {
  let sumBytes = 0;
  const end = rows.findIndex(({ sizeBytes }, index) => {
    sumBytes += sizeBytes;
    return index > 0 && sumBytes > maxBytes;
  });
  return end < 0 ? rows : rows.slice(0, end);
}
