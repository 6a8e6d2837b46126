import { isJsonObject, type JsonObject, toWirebookError } from '@wirebook/errors';
import type { Clock, Timer } from '@wirebook/node-kit';
import type { CompiledFlow } from './compiled-flow.ts';
import type { EngineLog } from './engine-log.ts';
import { type OwnTrigger, ownBrokerHost, parseOwnDestination, toOwnDestination } from './own-trigger.ts';
import type { Ledger } from './ports/ledger.ts';
import type { RawTrigger } from './read-trigger.ts';
import type { SchedulePlan } from './schedule-plan.ts';

export interface SchedulesOptions {
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'findClaimant' | 'hasOpen' | 'takeKey'>;
  readonly log: EngineLog;
  readonly trigger: (own: OwnTrigger) => unknown;
  readonly onFatal: (error: unknown) => void;
}

/**
 * Starts runs when their time has come, one of a source at a time. How far a source has come is in the ledger, so that a restart
 * neither repeats nor forgets a time.
 */
export interface Schedules {
  /** What is deployed now; a source that was there before keeps its times. */
  set(flows: readonly CompiledFlow[]): void;
  /** A run of a schedule ended well: the next one's period begins where this one's ended. */
  noteSuccess(raw: Pick<RawTrigger, 'destination' | 'messageId'>): void;
  close(): void;
}

interface Mark {
  /** The time that was served last; the next one is counted from it. */
  readonly lastMs: number;
  /** Where the next run's period begins: at the newest time whose run ended well; null: none was started yet. */
  readonly doneMs: number | null;
}

interface Source {
  readonly flowId: string;
  readonly nodeId: string;
  readonly name: string;
  readonly plan: SchedulePlan;
  timer: Timer | null;
}

const scope = 'schedule';
/** A claim has to end some day: this one ends long after the last run. */
const keptMs = 3650 * 86_400_000;
/** No timer runs longer: clocks are set, and machines sleep. */
const longestWaitMs = 3_600_000;

export function createSchedules({ clock, ledger, log, trigger, onFatal }: SchedulesOptions): Schedules {
  const sources = new Map<string, Source>();
  let isClosed = false;

  function readMark(key: string): Mark | null {
    const text = ledger.findClaimant({ scope, key, atMs: clock.now() });
    const value: unknown = text === null ? null : JSON.parse(text);
    if (!isJsonObject(value) || typeof value.lastMs !== 'number') return null;
    return { lastMs: value.lastMs, doneMs: typeof value.doneMs === 'number' ? value.doneMs : null };
  }

  function writeMark(key: string, mark: Mark): void {
    ledger.takeKey({ scope, key, claimant: JSON.stringify(mark), atMs: clock.now(), untilMs: clock.now() + keptMs });
  }

  function begin(key: string, source: Source): void {
    const nowMs = clock.now();
    const mark = readMark(key);
    if (mark === null) {
      writeMark(key, { lastMs: nowMs, doneMs: null });
      if (source.plan.startsAtOnce) serve(key, source, nowMs);
    } else if (mark.lastMs > nowMs) {
      // The clock was set back: the times count from now.
      writeMark(key, { ...mark, lastMs: nowMs });
    } else if (!source.plan.makesUp && isDue(source, mark)) writeMark(key, { ...mark, lastMs: nowMs });
    wait(key, source);
  }

  function isDue({ plan }: Source, { lastMs }: Mark): boolean {
    const nextMs = plan.findNext(lastMs);
    return nextMs !== null && nextMs <= clock.now();
  }

  function wait(key: string, source: Source): void {
    if (isClosed || sources.get(key) !== source) return;
    const nextMs = source.plan.findNext(readMark(key)?.lastMs ?? clock.now());
    if (nextMs === null) {
      log.info(`node "${source.name}": its schedule has no further time`);
      return;
    }
    const leftMs = Math.max(0, nextMs - clock.now());
    source.timer = clock.startTimer(Math.min(leftMs, longestWaitMs), () => {
      try {
        if (nextMs <= clock.now()) serve(key, source, nextMs);
        wait(key, source);
      } catch (thrown) {
        onFatal(thrown);
      }
    });
  }

  /** The newest time that has come; those before it that nobody served are part of its period. */
  function findNewest({ plan }: Source, firstMs: number): number {
    let newestMs = firstMs;
    for (let count = 0; count < 1000; count += 1) {
      const nextMs = plan.findNext(newestMs);
      if (nextMs === null || nextMs > clock.now()) return newestMs;
      newestMs = nextMs;
    }
    return clock.now();
  }

  function serve(key: string, source: Source, firstMs: number): void {
    const { flowId, nodeId, plan, name } = source;
    const dueMs = findNewest(source, firstMs);
    const mark = readMark(key);
    const sinceMs = mark?.doneMs ?? dueMs - plan.lookBackMs;
    const own = { kind: 'schedule', flowId, nodeId } as const;
    if (ledger.hasOpen({ brokerHost: ownBrokerHost, destination: toOwnDestination(own) })) {
      log.info(`node "${name}": its run before is not over, so it does not begin at ${toIso(dueMs)}`, { flowId, nodeId });
      writeMark(key, { lastMs: dueMs, doneMs: sinceMs });
      return;
    }
    const body: JsonObject = { scheduledAt: toIso(dueMs), scheduledAtMs: dueMs, since: toIso(sinceMs), sinceMs };
    try {
      trigger({ ...own, messageId: toIso(dueMs), body });
    } catch (thrown) {
      const { code, message } = toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN');
      if (code.startsWith('STORE_')) throw thrown;
      log.error(`node "${name}" could not begin at ${toIso(dueMs)}: ${message}`, { code, flowId, nodeId });
    }
    // After the trigger: a crash between the two gives the same trigger again, which is known by its time. Its run may be over by now.
    writeMark(key, { lastMs: dueMs, doneMs: Math.max(sinceMs, readMark(key)?.doneMs ?? 0) });
  }

  return {
    set: (flows) => {
      const wanted = new Map(
        flows.flatMap((flow) =>
          flow.sources.flatMap(({ node, schedule }) =>
            schedule === null
              ? []
              : [[`${flow.id}/${node.id}`, { flowId: flow.id, nodeId: node.id, name: node.name, plan: schedule, timer: null } as Source]],
          ),
        ),
      );
      for (const { timer } of sources.values()) timer?.cancel();
      sources.clear();
      for (const [key, source] of wanted) {
        sources.set(key, source);
        begin(key, source);
      }
    },
    noteSuccess: ({ destination, messageId }) => {
      const own = parseOwnDestination(destination);
      if (own?.kind !== 'schedule') return;
      const key = `${own.flowId}/${own.nodeId}`;
      const doneMs = Date.parse(messageId);
      const mark = readMark(key);
      if (mark !== null && (mark.doneMs ?? 0) < doneMs) writeMark(key, { ...mark, doneMs });
    },
    close: () => {
      isClosed = true;
      for (const { timer } of sources.values()) timer?.cancel();
      sources.clear();
    },
  };
}

function toIso(atMs: number): string {
  return new Date(atMs).toISOString();
}
