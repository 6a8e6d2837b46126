/**
 * How many rows the list moves down in front of the reader when it is drawn with other rows: the row that was at the top of the view
 * shall stay there. 0 when it is gone, or when nothing came before it.
 */
export function findAnchorShift(before: readonly string[], topIndex: number, after: readonly string[]): number {
  // The row at the top may have gone; one below it is as good.
  for (let index = Math.max(0, topIndex); index < Math.min(before.length, topIndex + maxTries); index += 1) {
    const found = after.indexOf(before[index] ?? '');
    if (found >= 0) return found - index;
  }
  return 0;
}

const maxTries = 20;
