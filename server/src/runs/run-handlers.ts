import type { ListRunsQuery, RunRow, RunStatus, ValueAddress } from '@wirebook/api';
import { WirebookError } from '@wirebook/errors';
import type { RouteHandlers } from '../http/route-handlers.ts';
import type { RunTraces } from './run-traces.ts';
import { type FoundRow, type RunFilter, toRecordedView, type ValuePlace } from './trace-queries.ts';
import type { VersionFinder } from './version-finder.ts';

type RunRoute = 'listRuns' | 'getRun' | 'getRunValue' | 'getRecordedMessage';

export interface RunHandlersOptions {
  readonly traces: RunTraces;
  readonly versions: VersionFinder;
}

const defaultLimit = 50;
const longestLimit = 200;
const longestText = 500;
const statuses: readonly RunStatus[] = ['running', 'succeeded', 'failed', 'timed-out', 'cancelled', 'skipped'];
const places: readonly ValueAddress['what'][] = ['input', 'emission', 'print', 'trigger'];

export function createRunHandlers({ traces, versions }: RunHandlersOptions): Pick<RouteHandlers, RunRoute> {
  const withVersion = (row: FoundRow): RunRow => ({ ...row, version: versions.findNumber(row.head.flowId, row.head.flowVersion) });

  async function findTargets(runId: string) {
    const head = await traces.findHead(runId);
    if (head === null) throw new WirebookError('SERVER_RUN_UNKNOWN', `there is no run "${runId}"`);
    return versions.findTargets(head.flowId, head.flowVersion);
  }

  return {
    listRuns: async ({ query }) => {
      const { rows, hasMore, isIncomplete } = await traces.listRuns(readFilter(query));
      const last = rows.at(-1)?.head;
      return {
        runs: rows.map(withVersion),
        next: hasMore && last !== undefined ? `${last.startedAtMs}.${last.runId}` : null,
        ...(isIncomplete ? { isIncomplete } : {}),
      };
    },
    getRun: async ({ params: { runId } }) => {
      const { row, ...detail } = await traces.getRun({ runId, targets: await findTargets(runId) });
      return { ...detail, row: withVersion(row) };
    },
    getRunValue: async ({ params: { runId }, query }) =>
      await traces.getValue({ runId, targets: await findTargets(runId), value: readPlace(query) }),
    getRecordedMessage: async ({ params: { flowId, nodeId } }) => {
      const head = await traces.findNewestOf({ flowId, nodeId });
      if (head === null) return { recorded: null };
      const targets = versions.findTargets(head.flowId, head.flowVersion);
      const recorded = await traces.getRecorded({ runId: head.runId, nodeId, targets });
      return { recorded: recorded === null ? null : toRecordedView(recorded) };
    },
  };
}

function readFilter(query: ListRunsQuery): RunFilter {
  const { flowId, nodeId, text } = query;
  if (text !== undefined && text.length > longestText) throw refuse('text', `at most ${longestText} characters`);
  return {
    ...(flowId === undefined ? {} : { flowId }),
    ...(nodeId === undefined ? {} : { nodeId }),
    ...(text === undefined ? {} : { text }),
    ...(query.status === undefined ? {} : { status: readWord('status', query.status, statuses) }),
    ...(query.incidentId === undefined ? {} : { incidentId: readNumber('incidentId', query.incidentId, Number.MAX_SAFE_INTEGER) }),
    ...(query.before === undefined ? {} : { before: readCursor(query.before) }),
    limit: query.limit === undefined ? defaultLimit : readNumber('limit', query.limit, longestLimit, 1),
  };
}

function readCursor(text: string): { startedAtMs: number; runId: string } {
  const [, startedAtMs, runId] = /^(\d{1,16})\.(.{1,100})$/.exec(text) ?? [];
  if (startedAtMs === undefined || runId === undefined) throw refuse('before', 'the "next" of the page before');
  return { startedAtMs: Number(startedAtMs), runId };
}

function readPlace({ attempt, stepId, what, index }: ValueAddress): ValuePlace {
  return {
    attempt: readNumber('attempt', attempt, 1_000_000),
    stepId: readNumber('stepId', stepId, 1_000_000),
    what: readWord('what', what, places),
    index: index === undefined ? 0 : readNumber('index', index, 1_000_000),
  };
}

/** Every key may be absent, whatever its type says. */
function readNumber(name: string, text: string | undefined, most: number, least = 0): number {
  const number = text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw refuse(name, `a whole number from ${least} to ${most}`);
}

function readWord<Word extends string>(name: string, text: string | undefined, words: readonly Word[]): Word {
  const word = words.find((one) => one === text);
  if (word === undefined) throw refuse(name, `one of ${words.join(', ')}`);
  return word;
}

function refuse(name: string, expected: string): WirebookError {
  return new WirebookError('SERVER_REQUEST_INVALID', `"${name}" in the address: expected ${expected}`);
}
