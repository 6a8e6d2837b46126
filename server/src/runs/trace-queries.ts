import { statSync } from 'node:fs';
import type { ListRunsQuery, RecordedMessageView, RunDetail, RunRow, RunStatus, StoredValue } from '@wirebook/api';
import { readTrigger } from '@wirebook/engine';
import { type JsonValue, WirebookError } from '@wirebook/errors';
import type { Trigger } from '@wirebook/node-kit';
import { type FoundRuns, openTraceReader, type ReadOnlyTraces, type RunSummary, type StoredRun } from '@wirebook/store';
import { countUtf8Bytes, foldRun, type RunHead, type RunView, type StepView, toTracedValue } from '@wirebook/trace';
import { createRunValues, type KeptValue, type PortTargets, type RunValues } from './run-inputs.ts';

/** A row without the number of its version. */
export type FoundRow = Omit<RunRow, 'version'>;

interface FoundPage {
  readonly rows: readonly FoundRow[];
  readonly hasMore: boolean;
  readonly isIncomplete: boolean;
}

export interface RunFilter extends Pick<ListRunsQuery, 'flowId' | 'nodeId' | 'text'> {
  readonly status?: RunStatus | undefined;
  readonly incidentId?: number | undefined;
  readonly before?: { readonly startedAtMs: number; readonly runId: string } | undefined;
  readonly limit: number;
}

export interface ValuePlace {
  readonly attempt: number;
  readonly stepId: number;
  readonly what: 'input' | 'emission' | 'print' | 'trigger';
  readonly index: number;
}

/** What a node was last given and gave, whole. */
export interface RecordedStep {
  readonly head: RunHead;
  readonly attempt: number;
  readonly stepId: number;
  readonly atMs: number;
  readonly input: KeptValue | null;
  readonly outputs: Readonly<Record<string, KeptValue>>;
  readonly trigger: Trigger | null;
  /** Outputs on the way to it, by node id. */
  readonly steps: Readonly<Record<string, JsonValue>>;
}

/** Questions about recorded runs; each reads the file for a short time. */
export interface TraceQueries {
  listRuns(filter: RunFilter): FoundPage;
  /** Heads only. */
  findLastRuns(flowIds: readonly string[]): readonly RunSummary[];
  findHead(runId: string): RunHead | null;
  findNewestOf(place: { readonly flowId: string; readonly nodeId: string }): RunHead | null;
  /** @throws SERVER_RUN_UNKNOWN */
  getRun(place: { readonly runId: string; readonly targets: PortTargets | null }): { readonly row: FoundRow } & Omit<RunDetail, 'row'>;
  /** @throws SERVER_RUN_UNKNOWN, SERVER_VALUE_UNKNOWN */
  getValue(place: { readonly runId: string; readonly targets: PortTargets | null; readonly value: ValuePlace }): StoredValue;
  getRecorded(place: { readonly runId: string; readonly nodeId: string; readonly targets: PortTargets | null }): RecordedStep | null;
  close(): void;
}

/** A value in the detail of a run; the rest is loaded when somebody wants it. */
const longestValueBytes = 65_536;
/** Of all values together; then they are cut shorter. */
const longestDetailBytes = 6_000_000;
const shortValueBytes = 2048;
const recordedBytes = 65_536;

export function createTraceQueries(path: string): TraceQueries {
  let opened: { readonly reader: ReadOnlyTraces; readonly file: number } | undefined;

  /** The engine begins a new file when the old one is broken. */
  function read(): ReadOnlyTraces | undefined {
    const file = findFileId(path);
    if (opened !== undefined && opened.file === file) return opened.reader;
    opened?.reader.close();
    opened = undefined;
    const reader = file === undefined ? undefined : openTraceReader({ path });
    if (reader === undefined || file === undefined) return undefined;
    opened = { reader, file };
    return reader;
  }

  function readRun(runId: string): StoredRun {
    const run = read()?.getRun(runId);
    if (run === undefined) throw new WirebookError('SERVER_RUN_UNKNOWN', `there is no run "${runId}"`);
    return run;
  }

  function openRun(runId: string, targets: PortTargets | null): OpenRun {
    const run = readRun(runId);
    const view = foldRun(run.head, run.events);
    const trigger = readStoredTrigger(run);
    const body = readBody(run);
    const isFunction = run.head.triggerKind === 'function';
    return { run, view, trigger, body, values: createRunValues(view, { body, inputs: trigger?.inputs ?? null, isFunction }, targets) };
  }

  return {
    listRuns: ({ limit, ...filter }) => {
      const reader = read();
      const found: FoundRuns = reader?.findRuns({ ...filter, limit: limit + 1 }) ?? { runs: [], isIncomplete: false };
      const rows = found.runs.slice(0, limit).flatMap(({ head }) => {
        const run = reader?.getRun(head.runId);
        return run === undefined ? [] : [toFoundRow(run, foldRun(run.head, run.events))];
      });
      return { rows, hasMore: found.runs.length > limit, isIncomplete: found.isIncomplete };
    },
    findLastRuns: (flowIds) => read()?.findLastRuns(flowIds) ?? [],
    findHead: (runId) => read()?.findRun(runId)?.head ?? null,
    findNewestOf: ({ flowId, nodeId }) => read()?.findRuns({ flowId, nodeId, limit: 1 }).runs[0]?.head ?? null,
    getRun: ({ runId, targets }) => toDetail(openRun(runId, targets)),
    getValue: ({ runId, targets, value }) => toStoredValue(openRun(runId, targets), value),
    getRecorded: ({ runId, nodeId, targets }) => toRecorded(openRun(runId, targets), nodeId),
    close: () => {
      opened?.reader.close();
      opened = undefined;
    },
  };
}

interface OpenRun {
  readonly run: StoredRun;
  readonly view: RunView;
  readonly trigger: Trigger | null;
  readonly body: JsonValue | null;
  readonly values: RunValues;
}

function toFoundRow(run: RunSummary, view: RunView): FoundRow {
  const failed = view.steps.flatMap(({ status, nodeId }) => (status === 'failed' && nodeId !== null ? [nodeId] : []));
  return {
    head: run.head,
    status: run.outcome ?? view.status,
    attempts: run.attempts,
    errorCode: run.errorCode,
    finishedAtMs: run.finishedAtMs ?? view.finishedAtMs,
    durationMs: run.finishedAtMs === null ? view.durationMs : Math.max(0, run.finishedAtMs - run.head.startedAtMs),
    stepCount: view.steps.length,
    retryCount: view.steps.reduce((count, { calls }) => count + calls.filter(({ attempt }) => attempt > 1).length, 0),
    failedNodeIds: [...new Set(failed)],
    isCompleted: view.isCompleted,
  };
}

function toDetail({ run, view, body, values }: OpenRun): ReturnType<TraceQueries['getRun']> {
  let leftBytes = longestDetailBytes;
  function cut({ value, isTruncated }: KeptValue) {
    const traced = toTracedValue(value, leftBytes > 0 ? longestValueBytes : shortValueBytes);
    leftBytes -= Math.min(traced.sizeBytes ?? 0, longestValueBytes);
    return { ...traced, truncated: traced.truncated || isTruncated };
  }
  const lastAttempt = view.attempts.at(-1)?.attempt ?? 1;
  const inputs: Record<string, JsonValue> = {};
  const cutInputs: string[] = [];
  const steps = view.steps.map((step): StepView => {
    const key = step.attempt === lastAttempt ? String(step.stepId) : `${step.attempt}:${step.stepId}`;
    const input = values.findInput(step);
    if (input !== undefined) {
      const { value, truncated } = cut(input);
      inputs[key] = value ?? null;
      if (truncated) cutInputs.push(key);
    }
    const resolve = <Kept extends StepView['prints'][number] | StepView['emissions'][number]>(kept: Kept): Kept => {
      const known = values.resolve(step, kept.output);
      return known === undefined ? kept : { ...kept, output: cut(known) };
    };
    return { ...step, emissions: step.emissions.map(resolve), prints: step.prints.map(resolve) };
  });
  const trigger = run.triggerBody === null ? null : cut({ value: body, isTruncated: false });
  return {
    row: toFoundRow(run, view),
    view: { ...view, steps },
    trigger:
      trigger === null
        ? null
        : {
            headers: run.triggerHeaders ?? {},
            body: trigger.value ?? null,
            sizeBytes: run.triggerBody?.length ?? 0,
            isTruncated: trigger.truncated,
          },
    inputs,
    cutInputs,
  };
}

function toStoredValue({ view, run, body, values }: OpenRun, { attempt, stepId, what, index }: ValuePlace): StoredValue {
  const kept = what === 'trigger' ? (run.triggerBody === null ? undefined : { value: body, isTruncated: false }) : findStepValue();
  if (kept === undefined)
    throw new WirebookError('SERVER_VALUE_UNKNOWN', `the ${what} of step ${stepId} in attempt ${attempt} was not kept`);
  return { value: kept.value, sizeBytes: countUtf8Bytes(JSON.stringify(kept.value)), isTruncated: kept.isTruncated };

  function findStepValue(): KeptValue | undefined {
    const step = view.steps.find((one) => one.attempt === attempt && one.stepId === stepId);
    if (step === undefined) return undefined;
    if (what === 'input') return values.findInput(step);
    const output = (what === 'print' ? step.prints : step.emissions)[index]?.output;
    return output === undefined ? undefined : values.resolve(step, output);
  }
}

function toRecorded({ run, view, trigger, values }: OpenRun, nodeId: string): RecordedStep | null {
  const step = view.steps.findLast((one) => one.nodeId === nodeId);
  if (step === undefined) return null;
  const outputs = step.emissions.flatMap(({ port, output }) => {
    const kept = values.resolve(step, output);
    return kept === undefined ? [] : [[port, kept] as const];
  });
  // The nearest of a name stands for it, as in the engine.
  const way = [...values.listWay(step)].reverse().map(({ nodeId: id, output }) => [id, output.value] as const);
  return {
    head: run.head,
    attempt: step.attempt,
    stepId: step.stepId,
    atMs: step.startedAtMs,
    input: values.findInput(step) ?? null,
    outputs: Object.fromEntries(outputs),
    trigger,
    steps: Object.fromEntries(way),
  };
}

/** For people: long values are cut. */
export function toRecordedView(recorded: RecordedStep): RecordedMessageView {
  let isTruncated = false;
  const cut = ({ value, isTruncated: wasCut }: KeptValue): JsonValue => {
    const traced = toTracedValue(value, recordedBytes);
    if (traced.truncated || wasCut) isTruncated = true;
    return traced.value ?? null;
  };
  const whole = (value: JsonValue): KeptValue => ({ value, isTruncated: false });
  const { head, stepId, atMs, input, outputs, trigger } = recorded;
  return {
    runId: head.runId,
    stepId,
    atMs,
    input: input === null ? null : cut(input),
    outputs: Object.fromEntries(Object.entries(outputs).map(([port, kept]) => [port, cut(kept)])),
    trigger: trigger === null ? null : cut(whole({ ...trigger })),
    inputs: trigger === null ? null : cut(whole(trigger.inputs)),
    isTruncated,
  };
}

/** Null when it was not kept, or cannot be read any more, as redaction may have spoilt it. */
function readStoredTrigger(run: StoredRun): Trigger | null {
  if (run.triggerBody === null) return null;
  const { destination, messageId, triggerKind, triggerName, startedAtMs } = run.head;
  try {
    const { trigger } = readTrigger({
      destination,
      messageId,
      headers: run.triggerHeaders ?? {},
      body: run.triggerBody,
      receivedAtMs: startedAtMs,
    });
    return { ...trigger, ruleName: triggerKind === 'action' ? triggerName : null };
  } catch (thrown) {
    if (thrown instanceof WirebookError) return null;
    throw thrown;
  }
}

function readBody(run: StoredRun): JsonValue | null {
  if (run.triggerBody === null) return null;
  const text = new TextDecoder().decode(run.triggerBody);
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return text;
    throw thrown;
  }
}

function findFileId(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}
