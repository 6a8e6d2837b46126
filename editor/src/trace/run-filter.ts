import type { ListRunsQuery, RunRow, RunStatus } from '@wirebook/api';

/** What a list of runs is narrowed to; all parts hold together. */
export interface RunFilter {
  /** Null: every flow. */
  readonly flowId: string | null;
  /** Runs that came to this node; only the store of the server knows that. */
  readonly nodeId: string | null;
  readonly status: RunStatus | null;
  /** Words in any order; the store looks for them in everything that the run holds. */
  readonly text: string;
  /** An incident's number, or ''. */
  readonly incidentId: string;
}

export const everyRun: RunFilter = { flowId: null, nodeId: null, status: null, text: '', incidentId: '' };

export function isFiltered({ nodeId, status, text, incidentId }: RunFilter): boolean {
  return nodeId !== null || status !== null || text.trim() !== '' || incidentId !== '';
}

/** Whether a live row fits, as far as a row can tell; the node cannot be told from it. */
export function matchesRun(row: RunRow, filter: RunFilter): boolean {
  const { head } = row;
  if (filter.flowId !== null && head.flowId !== filter.flowId) return false;
  if (filter.status !== null && row.status !== filter.status) return false;
  if (filter.incidentId !== '' && String(head.incidentId ?? '') !== filter.incidentId) return false;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = [head.runId, head.flowName, head.triggerName, head.incidentId, row.errorCode, head.destination, head.correlationId]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

export function toListRunsQuery({ flowId, nodeId, status, text, incidentId }: RunFilter): ListRunsQuery {
  return {
    ...(flowId === null ? {} : { flowId }),
    ...(nodeId === null ? {} : { nodeId }),
    ...(status === null ? {} : { status }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(incidentId === '' ? {} : { incidentId }),
  };
}

/** The filter in an address, and back: so that a list can be sent to somebody. */
export function toSearchParams({ flowId, nodeId, status, text, incidentId }: RunFilter): URLSearchParams {
  const entries: [string, string | null][] = [
    ['flow', flowId],
    ['node', nodeId],
    ['state', status],
    ['text', text],
    ['incident', incidentId],
  ];
  return new URLSearchParams(entries.flatMap(([key, value]) => (value === null || value === '' ? [] : [[key, value]])));
}

const statuses: readonly string[] = ['running', 'succeeded', 'failed', 'timed-out', 'cancelled', 'skipped'] satisfies RunStatus[];

export function readRunFilter(params: URLSearchParams): RunFilter {
  const state = params.get('state');
  return {
    flowId: params.get('flow'),
    nodeId: params.get('node'),
    status: state !== null && statuses.includes(state) ? (state as RunStatus) : null,
    text: params.get('text') ?? '',
    incidentId: params.get('incident')?.replace(/\D/g, '') ?? '',
  };
}

/** Live rows and stored ones as one list, newest first, one row a run: the live row, unless the store has seen the end of it already. */
export function mergeRunRows(live: readonly RunRow[], stored: readonly RunRow[]): readonly RunRow[] {
  if (stored.length === 0) return live;
  const storedById = new Map(stored.map((row) => [row.head.runId, row]));
  const liveIds = new Set<string>();
  const shown = live.map((row) => {
    liveIds.add(row.head.runId);
    const known = storedById.get(row.head.runId);
    return known !== undefined && known.status !== 'running' && row.status === 'running' ? known : row;
  });
  // Both are in order already, and this is done ten times a second.
  const merged: RunRow[] = [];
  let next = 0;
  for (const row of stored) {
    if (liveIds.has(row.head.runId)) continue;
    for (let newer = shown[next]; newer !== undefined && newer.head.startedAtMs >= row.head.startedAtMs; newer = shown[next]) {
      merged.push(newer);
      next += 1;
    }
    merged.push(row);
  }
  return [...merged, ...shown.slice(next)];
}
