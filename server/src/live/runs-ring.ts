import type { DebugLine, RunRow, RunsBatch } from '@wirebook/api';

/** The newest rows, one a run, and the newest lines. */
export interface RunsRing {
  readonly bootId: string;
  readonly lastSeq: number;
  add(news: {
    readonly rows: readonly RunRow[];
    readonly lines: readonly DebugLine[];
    /** What was lost before it came here. */
    readonly dropped: { readonly rows: number; readonly lines: number };
  }): void;
  /** The number after which a browser begins: at what it had last, if that was of this boot, else at the beginning of the ring. */
  begin(after: number | undefined, bootId: string | undefined): number;
  /** What comes after a number, of a bounded size and with what fell out in between; null when there is nothing new. */
  next(after: number): RunsBatch | null;
}

export interface RunsRingOptions {
  readonly bootId: string;
  readonly maxRows?: number;
  readonly maxLines?: number;
}

/** In one batch; what is left over goes with the next. */
const maxBatchRows = 250;
const maxBatchLines = 250;

interface Kept<Item> {
  readonly seq: number;
  readonly item: Item;
}

/** Counts what fell out, so that each browser can be told what it will not be sent. */
interface Losses {
  /** Numbers of what fell out, ascending; the oldest of them are forgotten. */
  readonly seqs: number[];
  /** Lost before it had a number: for everybody who was there. */
  early: { readonly seq: number; readonly count: number }[];
}

const keptLosses = 50_000;

export function createRunsRing({ bootId, maxRows = 2000, maxLines = 5000 }: RunsRingOptions): RunsRing {
  const rows = new Map<string, Kept<RunRow>>();
  const lines: Kept<DebugLine>[] = [];
  const lostRows: Losses = { seqs: [], early: [] };
  const lostLines: Losses = { seqs: [], early: [] };
  let lastSeq = 0;

  function addRow(row: RunRow): void {
    lastSeq += 1;
    const { runId } = row.head;
    // A map keeps the order of insertion: by number.
    rows.delete(runId);
    rows.set(runId, { seq: lastSeq, item: row });
    if (rows.size <= maxRows) return;
    const [oldest] = rows;
    if (oldest === undefined) return;
    rows.delete(oldest[0]);
    noteLoss(lostRows, oldest[1].seq);
  }

  function addLine(line: DebugLine): void {
    lastSeq += 1;
    lines.push({ seq: lastSeq, item: line });
    const oldest = lines.length > maxLines ? lines.shift() : undefined;
    if (oldest !== undefined) noteLoss(lostLines, oldest.seq);
  }

  function noteEarly(losses: Losses, count: number): void {
    if (count === 0) return;
    lastSeq += 1;
    losses.early.push({ seq: lastSeq, count });
    if (losses.early.length > keptLosses) losses.early.shift();
  }

  return {
    bootId,
    get lastSeq() {
      return lastSeq;
    },
    add: (news) => {
      for (const row of news.rows) addRow(row);
      for (const line of news.lines) addLine(line);
      noteEarly(lostRows, news.dropped.rows);
      noteEarly(lostLines, news.dropped.lines);
    },
    begin: (after, boot) => {
      const isResumed = boot === bootId && after !== undefined && after <= lastSeq;
      // Who begins anew has missed nothing: the page asks the store for what is older.
      const oldest = Math.min(firstSeq(rows.values().next().value), firstSeq(lines[0])) - 1;
      return isResumed ? after : Math.min(oldest, lastSeq);
    },
    next: (after) => {
      const newRows = takeNext([...rows.values()], after, maxBatchRows);
      const newLines = takeNext(lines, after, maxBatchLines);
      const seq = Math.min(newRows.end, newLines.end, lastSeq);
      if (seq <= after) return null;
      const dropped = { rows: countLosses(lostRows, after, seq), lines: countLosses(lostLines, after, seq) };
      return { bootId, seq, rows: upTo(newRows.items, seq), lines: upTo(newLines.items, seq), dropped };
    },
  };
}

function firstSeq(kept: { readonly seq: number } | undefined): number {
  return kept?.seq ?? Number.MAX_SAFE_INTEGER;
}

/** The items behind a number, oldest first; `end` is the number up to which none is left out. */
function takeNext<Item>(items: readonly Kept<Item>[], after: number, limit: number): { items: readonly Kept<Item>[]; end: number } {
  const start = findFirstAfter(items, after);
  const taken = items.slice(start, start + limit);
  const isCut = start + limit < items.length;
  return { items: taken, end: isCut ? (taken.at(-1)?.seq ?? after) : Number.MAX_SAFE_INTEGER };
}

function findFirstAfter(items: readonly { readonly seq: number }[], after: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.seq ?? 0) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

function upTo<Item>(items: readonly Kept<Item>[], seq: number): Item[] {
  return items.filter((kept) => kept.seq <= seq).map(({ item }) => item);
}

function noteLoss(losses: Losses, seq: number): void {
  losses.seqs.push(seq);
  if (losses.seqs.length > 2 * keptLosses) losses.seqs.splice(0, keptLosses);
}

/** Of what had a number in `(after, upTo]`. */
function countLosses(losses: Losses, after: number, upToSeq: number): number {
  const early = losses.early.filter(({ seq }) => seq > after && seq <= upToSeq).reduce((sum, { count }) => sum + count, 0);
  let numbered = 0;
  for (let index = losses.seqs.length - 1; index >= 0; index -= 1) {
    const seq = losses.seqs[index] ?? 0;
    if (seq <= after) break;
    if (seq <= upToSeq) numbered += 1;
  }
  return numbered + early;
}
