import { setMaxListeners } from 'node:events';
import { type JsonValue, toErrorRecord, toWirebookError, WirebookError } from '@wirebook/errors';
import type { RunInfo, StepFailure } from '@wirebook/node-kit';
import { type Ancestry, toStepKey } from './ancestry.ts';
import type { CompiledCatch, CompiledFlow, CompiledNode } from './compiled-flow.ts';
import { findErrorTargets, toErrorMessage, withNodeName } from './error-report.ts';
import { startPausableTimer } from './pausable-timer.ts';
import type { SavedReply } from './ports/ledger.ts';
import type { RunReplies } from './run-replies.ts';
import { createRunScopes, type Part } from './run-scopes.ts';
import type { RunServices } from './run-services.ts';
import { type RunTrace, toTraced } from './run-trace.ts';
import { type RunScope, StepContext, type StepTask } from './step-context.ts';
import type { Emission, StepMemory } from './step-memory.ts';
import { createStepPerformer, type OpenStep } from './step-performance.ts';

export interface RunStepsOptions {
  readonly entryId: number;
  readonly flow: CompiledFlow;
  readonly info: RunInfo;
  readonly contextToken: string | undefined;
  readonly memory: StepMemory;
  readonly trace: RunTrace;
  readonly services: RunServices;
  readonly replies: RunReplies;
  /** Catch nodes that take errors of these steps, the most specific first. */
  readonly catches: readonly CompiledCatch[];
  /** Numbers the steps of an attempt. */
  readonly nextStepId: () => number;
  /** A step that completed has ended; `isWorkLeft` tells whether others are queued or under way. */
  readonly onCompletion: (completion: SavedReply, isWorkLeft: boolean) => void;
  /** An error that nothing takes. */
  readonly onUnhandled: (error: WirebookError, node: CompiledNode) => void;
  /** Every branch is over. */
  readonly onDrained: () => void;
  /** Resolves when the ledger has the message of the run in the broker's place. */
  readonly takeOver: () => Promise<void>;
  /** True: from now on nothing but waiting is under way. */
  readonly onWaitingOnly?: ((isWaitingOnly: boolean) => void) | undefined;
}

/** Steps that follow from one another. Those that need not wait run in one go, without promises between them. */
export interface RunSteps {
  /** Begins with this node; called once. */
  start(node: CompiledNode, message: JsonValue): void;
  /** Nothing more is started; what is under way is aborted with the error, and what it gives later is recorded and refused. */
  stop(error: WirebookError | null): void;
  /** Ends what is under way with the error, which nothing takes. */
  failOpen(error: WirebookError): void;
}

/** Among the emissions of a split, the place of what is joined. */
const joinedIndex = -1;

export function createRunSteps(options: RunStepsOptions): RunSteps {
  const { flow, info, trace, services, replies } = options;
  let abort: AbortController | null = null;
  const { contextToken, entryId, memory, takeOver } = options;
  const scope: RunScope = {
    info,
    trace,
    services,
    runSignal: getSignal,
    contextToken,
    replies,
    entryId,
    memory,
    waitCounts: new Map(),
    takeOver,
    onWaiting: changeWaiting,
  };
  const performer = createStepPerformer({ ...options, isStopped: () => isStopped });
  const queue: StepTask[] = [];
  const scopes = createRunScopes({
    send: (part) => {
      const { splitter, failure } = part.scope;
      for (const target of splitter.targets.get(splitter.split?.port ?? '') ?? []) {
        send({ node: target, message: part.message, ancestry: part.ancestry, failure, part });
      }
    },
    join: enqueue,
  });
  /** Steps that wait for something. */
  const openSteps = new Set<OpenStep>();
  /** Those of them that wait for their time in the flow. */
  const waiting = new Set<StepContext>();
  let isWaitingOnly = false;
  /** Steps queued or begun and not over. */
  let pendingCount = 0;
  let isPumping = false;
  let isStopped = false;

  /** Made when a node first asks: most runs need none. */
  function getSignal(): AbortSignal {
    if (abort === null) {
      abort = new AbortController();
      // One listener for each step under way, however many there are.
      setMaxListeners(0, abort.signal);
    }
    return abort.signal;
  }

  function enqueue(task: StepTask): void {
    pendingCount += 1;
    scopes.enter(task.part);
    queue.push(task);
  }

  /** To a node that joins a message only goes when all others are there, too. */
  function send(task: StepTask): void {
    const { node, part, message, ancestry } = task;
    if (node.join !== undefined && scopes.arrive(part, { join: node, way: toStepKey(ancestry, node.id), message })) return;
    enqueue(task);
  }

  function pump(): void {
    if (isPumping) return;
    isPumping = true;
    for (let task = queue.shift(); task !== undefined && !isStopped; task = queue.shift()) {
      if (scopes.isDead(task.part)) leaveTask(task);
      else beginStep(task);
    }
    isPumping = false;
    if (waiting.size > 0 || isWaitingOnly) lookAtTime();
  }

  /** A task is over, and what follows from it is queued. */
  function leaveTask({ part }: { readonly part: Part | null }): void {
    pendingCount -= 1;
    scopes.leave(part);
    if (pendingCount === 0 && scopes.openCount() === 0) options.onDrained();
  }

  function changeWaiting(context: StepContext, isWaiting: boolean): void {
    if (isWaiting) waiting.add(context);
    else waiting.delete(context);
    for (const step of openSteps) if (step.context === context) holdTime(step);
    lookAtTime();
  }

  function holdTime({ timer, context }: OpenStep): void {
    if (waiting.has(context)) timer?.pause();
    else timer?.resume();
  }

  function lookAtTime(): void {
    const isNow = waiting.size > 0 && waiting.size === pendingCount;
    if (isNow === isWaitingOnly || isStopped) return;
    isWaitingOnly = isNow;
    options.onWaitingOnly?.(isNow);
  }

  function beginStep(task: StepTask): void {
    const stepId = options.nextStepId();
    const { node, message, ancestry, failure, part } = task;
    const started = { type: 'step.started', stepId, nodeId: node.id, parentStepId: ancestry?.stepId ?? null } as const;
    trace.add(task.isJoined === true ? { ...started, input: { value: message, sizeBytes: null, truncated: false } } : started);
    const context = new StepContext(scope, task, stepId);
    const step: OpenStep = {
      node,
      message,
      ancestry,
      failure,
      part,
      stepId,
      context,
      timer: null,
      wait: null,
      tryNumber: 1,
      hasBegun: false,
      isDecided: false,
      isOver: false,
    };
    const depth = ancestry === null ? 0 : ancestry.depth;
    if (depth >= flow.settings.hopLimit) {
      const text = `node "${node.name}": the message passed ${depth} nodes, the limit of flow "${flow.name}"`;
      // Nothing takes it: what would, is one node further on the same way.
      failStep(step, new WirebookError('FLOW_LOOP_LIMIT', text), []);
      return;
    }
    if (node.join !== undefined && task.isJoined !== true) {
      const text = `node "${node.name}": the message belongs to no part that this node joins`;
      failStep(step, new WirebookError('FLOW_JOIN_INCOMPLETE', text));
      return;
    }
    tryStep(step);
  }

  function tryStep(step: OpenStep): void {
    try {
      const ending = performer.perform(step);
      if (ending === undefined) {
        endStep(step, step.context.emissions);
        return;
      }
      keepOpen(step);
      ending.then(
        (emissions) => endStep(step, emissions),
        (thrown: unknown) => failTry(step, toWirebookError(thrown, 'NODE_UNEXPECTED')),
      );
    } catch (thrown) {
      failTry(step, toWirebookError(thrown, 'NODE_UNEXPECTED'));
    }
  }

  /** The time limit counts from the first try on, waits included. */
  function keepOpen(step: OpenStep): void {
    openSteps.add(step);
    step.timer ??= startPausableTimer(services.clock, step.node.timeoutMs, () => timeOutStep(step));
    if (waiting.size > 0) holdTime(step);
  }

  function failTry(step: OpenStep, error: WirebookError): void {
    const waitMs = step.isOver || isStopped ? null : performer.findWaitMs(step, error);
    if (waitMs === null) {
      failStep(step, error);
      return;
    }
    const { stepId, tryNumber } = step;
    replies.dropCompletionOf(stepId);
    trace.add({ type: 'step.retried', stepId, attempt: tryNumber, error: toErrorRecord(error), waitMs });
    keepOpen(step);
    step.context.leaveRun();
    step.tryNumber += 1;
    step.wait = services.clock.startTimer(waitMs, () => {
      step.wait = null;
      step.hasBegun = false;
      // A context of its own: what the try before may still emit has no place in it.
      step.context = new StepContext(scope, step, stepId);
      tryStep(step);
    });
  }

  function closeStep(step: OpenStep): void {
    step.isOver = true;
    step.timer?.cancel();
    step.wait?.cancel();
    openSteps.delete(step);
    waiting.delete(step.context);
    step.context.leaveRun();
  }

  function endStep(step: OpenStep, emissions: readonly Emission[]): void {
    if (step.isOver || isStopped) {
      recordLate(step, 'result');
      return;
    }
    closeStep(step);
    const { node, stepId, part, failure } = step;
    const isDead = scopes.isDead(part);
    const parts: Pick<Part, 'message' | 'ancestry'>[] = [];
    emissions.forEach(({ port, message }, emissionIndex) => {
      trace.add({
        type: 'step.emitted',
        stepId,
        port,
        output: toTraced(message, { input: step.message, inputs: info.trigger.inputs, body: info.trigger.body }),
      });
      if (isDead) return;
      if (node.split?.port === port) {
        parts.push({ message, ancestry: toAncestry(step, message, emissionIndex) });
        return;
      }
      for (const target of node.targets.get(port) ?? []) {
        send({ node: target, message, ancestry: toAncestry(step, message, emissionIndex), failure, part });
      }
    });
    trace.add({ type: 'step.finished', stepId });
    if (node.split !== undefined && !isDead) scopes.open({ task: step, joinAncestry: toAncestry(step, step.message, joinedIndex), parts });
    const completion = replies.takeCompletionOf(stepId);
    if (completion !== null) options.onCompletion(completion, pendingCount > 1 || scopes.openCount() > 0);
    leaveTask(step);
    pump();
  }

  function toAncestry(step: OpenStep, output: JsonValue, emissionIndex: number): Ancestry {
    const depth = (step.ancestry?.depth ?? 0) + 1;
    return { parent: step.ancestry, nodeId: step.node.id, nodeName: step.node.name, stepId: step.stepId, output, emissionIndex, depth };
  }

  function timeOutStep(step: OpenStep): void {
    const { name, timeoutMs } = step.node;
    const error = new WirebookError('ENGINE_STEP_TIMEOUT', `node "${name}" took longer than ${timeoutMs} ms and was ended`);
    step.context.abort(error);
    failStep(step, error);
  }

  function failStep(step: OpenStep, error: WirebookError, takers?: readonly CompiledNode[]): void {
    if (step.isOver || isStopped) {
      recordLate(step, 'error');
      return;
    }
    closeStep(step);
    replies.dropCompletionOf(step.stepId);
    const targets = takers ?? findErrorTargets(step, error, options.catches);
    const record = toErrorRecord(error);
    const isCollected = targets.length === 0 && scopes.fail(step.part, toErrorRecord(withNodeName(error, step.node.name)));
    trace.add({ type: 'step.failed', stepId: step.stepId, error: record, handled: targets.length > 0 || isCollected });
    if (isCollected) {
      leaveTask(step);
      pump();
      return;
    }
    if (targets.length === 0) {
      pendingCount -= 1;
      options.onUnhandled(withNodeName(error, step.node.name), step.node);
      return;
    }
    const failure: StepFailure = { error: record, nodeId: step.node.id, nodeName: step.node.name };
    const report = toErrorMessage(step, error);
    for (const target of targets) {
      // A catch node is handed the message that failed and builds the report itself; a wire carries the report.
      const message = target.runtime.descriptor.catches === true ? step.message : report;
      send({ node: target, message, ancestry: toAncestry(step, report, 0), failure, part: step.part });
    }
    leaveTask(step);
    pump();
  }

  function recordLate(step: OpenStep, what: 'result' | 'error'): void {
    trace.add({ type: 'step.late', stepId: step.stepId, what });
    if (isStopped) trace.flush();
  }

  return {
    start: (node, message) => {
      enqueue({ node, message, ancestry: null, failure: undefined, part: null });
      pump();
    },
    failOpen: (error) => {
      for (const step of [...openSteps]) {
        step.context.abort(error);
        closeStep(step);
        trace.add({ type: 'step.failed', stepId: step.stepId, error: toErrorRecord(error), handled: false });
      }
    },
    stop: (error) => {
      isStopped = true;
      for (const step of openSteps) {
        step.timer?.cancel();
        step.wait?.cancel();
      }
      queue.length = 0;
      if (error !== null) abort?.abort(error);
    },
  };
}
