import {
  type ErrorRecord,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  toErrorRecord,
  toWirebookError,
  WirebookError,
} from '@wirebook/errors';
import type { RunInfo, StepFailure, Timer } from '@wirebook/node-kit';
import type { RunOutcome } from '@wirebook/trace';
import { type Ancestry, findAncestorOutput, hasAncestor, toStepKey } from './ancestry.ts';
import type { CompiledFlow, CompiledNode } from './compiled-flow.ts';
import type { SavedReply } from './ports/ledger.ts';
import { createRunReplies, type ReplyAddress } from './run-replies.ts';
import type { RunServices } from './run-services.ts';
import { type RunTrace, toTraced } from './run-trace.ts';
import { type RunScope, StepContext, type StepTask } from './step-context.ts';
import { checkDoubt, toDoubtError, toIntentJson } from './step-doubt.ts';
import { type Emission, type StepEnd, type StepMemory, serializeStepEnd } from './step-memory.ts';

export interface RunResult {
  readonly outcome: RunOutcome;
  readonly error: ErrorRecord | null;
  /** The completing reply that a node made and that has not left yet. */
  readonly completion: SavedReply | null;
}

export interface RunOptions {
  readonly info: RunInfo;
  readonly entryId: number;
  readonly flow: CompiledFlow;
  readonly source: CompiledNode;
  readonly contextToken: string | undefined;
  readonly replyAddress: ReplyAddress | null;
  /** What earlier attempts of this run did; empty for the first. */
  readonly memory: StepMemory;
  /** The completing reply was decided by an earlier attempt: further ones are absorbed. */
  readonly isCompleted: boolean;
  readonly trace: RunTrace;
  readonly services: RunServices;
  /** Sends the interim reply of a step. */
  readonly sendStatus: (reply: SavedReply, stepId: number) => void;
  /** The completing reply is made and work is left: save reply and message in one commit, then answer and settle. */
  readonly onDetach: (reply: SavedReply) => void;
  /** A completing reply was over the limit. */
  readonly onOversizeReply: (error: WirebookError) => void;
  readonly onFinish: (result: RunResult) => void;
}

export interface RunHandle {
  /** Ends the run with this error; nothing more is started. */
  cancel(error: WirebookError): void;
}

/** A step that has begun. */
interface OpenStep extends StepTask {
  readonly stepId: number;
  readonly context: StepContext;
  timer: Timer | null;
  isOver: boolean;
}

/** Runs one message through one flow version. Steps that need not wait run in one go, without promises between them. */
export function startRun(options: RunOptions): RunHandle {
  const { flow, info, trace, services, memory } = options;
  let abort: AbortController | null = null;
  const replies = createRunReplies({ ...options, isOver: () => isOver });
  const scope: RunScope = { info, trace, services, runSignal: getSignal, contextToken: options.contextToken, replies };
  const queue: StepTask[] = [];
  /** Steps queued or begun and not over. */
  const openSteps = new Set<OpenStep>();
  let pendingCount = 0;
  let stepCount = 0;
  let isPumping = false;
  let isOver = false;
  let isDetached = options.isCompleted;
  const runTimer = services.clock.startTimer(flow.settings.timeoutMs, () => {
    end(
      'timed-out',
      new WirebookError('ENGINE_RUN_TIMEOUT', `flow "${flow.name}": the run took longer than ${flow.settings.timeoutMs} ms and was ended`),
    );
  });

  /** Made when a node first asks: most runs need none. */
  function getSignal(): AbortSignal {
    abort ??= new AbortController();
    return abort.signal;
  }

  function enqueue(task: StepTask): void {
    pendingCount += 1;
    queue.push(task);
  }

  function pump(): void {
    if (isPumping) return;
    isPumping = true;
    for (let task = queue.shift(); task !== undefined && !isOver; task = queue.shift()) beginStep(task);
    isPumping = false;
  }

  function beginStep(task: StepTask): void {
    stepCount += 1;
    const stepId = stepCount;
    const { node } = task;
    trace.add({ type: 'step.started', stepId, nodeId: node.id, parentStepId: task.ancestry?.stepId ?? null });
    const context = new StepContext(scope, task, stepId);
    const { message, ancestry, failure } = task;
    const step: OpenStep = { node, message, ancestry, failure, stepId, context, timer: null, isOver: false };
    const depth = task.ancestry === null ? 0 : task.ancestry.depth;
    if (depth >= flow.settings.hopLimit) {
      failStep(
        step,
        new WirebookError('FLOW_LOOP_LIMIT', `node "${node.name}": the message passed ${depth} nodes, the limit of flow "${flow.name}"`),
      );
      return;
    }
    try {
      const ending = performStep(step);
      if (ending === undefined) {
        endStep(step, context.emissions);
        return;
      }
      openSteps.add(step);
      step.timer = services.clock.startTimer(flow.settings.stepTimeoutMs, () => timeOutStep(step));
      ending.then(
        (emissions) => endStep(step, emissions),
        (thrown: unknown) => failStep(step, toWirebookError(thrown, 'NODE_UNEXPECTED')),
      );
    } catch (thrown) {
      failStep(step, toWirebookError(thrown, 'NODE_UNEXPECTED'));
    }
  }

  /** Undefined when the step ended at once, with its emissions in the context. */
  function performStep(step: OpenStep): Promise<readonly Emission[]> | undefined {
    const { node, context } = step;
    if (node.disabled) {
      if (Object.hasOwn(node.runtime.descriptor.outputs, 'out')) context.emit('out', step.message);
      return undefined;
    }
    if (node.memoryKind !== 'none') return performRemembered(step);
    const config = node.config.fixed ?? node.config.evaluate(toScope(step));
    if (config instanceof Promise) {
      return config.then(async (ready) => {
        await node.runtime.execute(context.withConfig(ready));
        return context.emissions;
      });
    }
    const executed = node.runtime.execute(context.withConfig(config));
    return executed instanceof Promise ? executed.then(() => context.emissions) : undefined;
  }

  /** A step with an effect outside: what it does is on record before it begins and after it ended. */
  async function performRemembered(step: OpenStep): Promise<readonly Emission[]> {
    const { node, context } = step;
    const stepKey = toStepKey(step.ancestry, node.id);
    const known = memory.find(stepKey);
    if (known !== undefined && known.end !== null) {
      trace.add({ type: 'step.reused', stepId: step.stepId, nodeId: node.id, parentStepId: step.ancestry?.stepId ?? null });
      if (known.end instanceof WirebookError) throw known.end;
      return known.end;
    }
    if (known !== undefined && node.memoryKind === 'once') {
      throw toDoubtError(node, 'whether it wrote is not known');
    }
    const config = node.config.fixed ?? (await node.config.evaluate(toScope(step)));
    context.withConfig(config);
    const intentJson = node.memoryKind === 'checked' && known === undefined ? await toIntentJson({ node, context, config }) : null;
    if (node.memoryKind === 'checked' && known !== undefined) {
      const end = await checkDoubt({ node, context, config }, known);
      if (end !== null && !step.isOver && !isOver) await recordEnd(stepKey, end);
      if (end instanceof WirebookError) throw end;
      if (end !== null) return end;
    }
    if (step.isOver || isOver) return [];
    await services.ledger.commit([{ type: 'step-intended', entryId: options.entryId, stepKey, atMs: services.clock.now(), intentJson }]);
    if (step.isOver || isOver) return [];
    try {
      await node.runtime.execute(context);
    } catch (thrown) {
      const error = toWirebookError(thrown, 'NODE_UNEXPECTED');
      // One that was aborted may have written: its end is not known.
      if (!step.isOver && !isOver) await recordEnd(stepKey, error);
      throw error;
    }
    await recordEnd(stepKey, context.emissions);
    return context.emissions;
  }

  function recordEnd(stepKey: string, end: StepEnd): Promise<void> {
    return services.ledger.commit([{ type: 'step-done', entryId: options.entryId, stepKey, emissionsJson: serializeStepEnd(end) }]);
  }

  function toScope(step: StepTask) {
    return { message: step.message, trigger: info.trigger, steps: (name: string) => findAncestorOutput(step.ancestry, name) };
  }

  function closeStep(step: OpenStep): void {
    step.isOver = true;
    step.timer?.cancel();
    openSteps.delete(step);
  }

  function endStep(step: OpenStep, emissions: readonly Emission[]): void {
    if (step.isOver || isOver) {
      recordLate(step, 'result');
      return;
    }
    closeStep(step);
    const { node, stepId } = step;
    emissions.forEach(({ port, message }, emissionIndex) => {
      trace.add({
        type: 'step.emitted',
        stepId,
        port,
        output: toTraced(message, { input: step.message, inputs: info.trigger.inputs, body: info.trigger.body }),
      });
      for (const target of node.targets.get(port) ?? []) {
        enqueue({ node: target, message, ancestry: toAncestry(step, message, emissionIndex), failure: step.failure });
      }
    });
    trace.add({ type: 'step.finished', stepId });
    pendingCount -= 1;
    const completion = replies.takeCompletionOf(stepId);
    if (completion !== null && pendingCount > 0) {
      isDetached = true;
      trace.add({ type: 'run.detached' });
      options.onDetach(completion);
    } else if (completion !== null) {
      end('succeeded', null, completion);
      return;
    }
    if (pendingCount === 0) end('succeeded', null);
    else pump();
  }

  function toAncestry(step: OpenStep, output: JsonValue, emissionIndex: number): Ancestry {
    const depth = (step.ancestry?.depth ?? 0) + 1;
    return { parent: step.ancestry, nodeId: step.node.id, nodeName: step.node.name, stepId: step.stepId, output, emissionIndex, depth };
  }

  function timeOutStep(step: OpenStep): void {
    const limitMs = flow.settings.stepTimeoutMs;
    const error = new WirebookError('ENGINE_STEP_TIMEOUT', `node "${step.node.name}" took longer than ${limitMs} ms and was ended`);
    step.context.abort(error);
    failStep(step, error);
  }

  function failStep(step: OpenStep, error: WirebookError): void {
    if (step.isOver || isOver) {
      recordLate(step, 'error');
      return;
    }
    closeStep(step);
    replies.dropCompletionOf(step.stepId);
    const targets = findErrorTargets(step);
    const named = withNodeName(error, step.node.name);
    trace.add({ type: 'step.failed', stepId: step.stepId, error: toErrorRecord(error), handled: targets.length > 0 });
    pendingCount -= 1;
    if (targets.length === 0) {
      end('failed', named);
      return;
    }
    const record = toErrorRecord(error);
    const failure: StepFailure = { error: record, nodeId: step.node.id, nodeName: step.node.name };
    const report = toErrorMessage(step, error);
    for (const target of targets) {
      // A catch node is handed the message that failed and builds the report itself; a wire carries the report.
      const message = target.runtime.descriptor.catches === true ? step.message : report;
      enqueue({ node: target, message, ancestry: toAncestry(step, report, 0), failure });
    }
    pump();
  }

  function findErrorTargets(step: OpenStep): readonly CompiledNode[] {
    const wired = step.node.targets.get('error');
    if (wired !== undefined) return wired;
    const catching = flow.catches.find(
      ({ node, scope }) =>
        (scope.size === 0 || scope.has(step.node.name)) && node.id !== step.node.id && !hasAncestor(step.ancestry, node.id),
    );
    return catching === undefined ? [] : [catching.node];
  }

  function recordLate(step: OpenStep, what: 'result' | 'error'): void {
    trace.add({ type: 'step.late', stepId: step.stepId, what });
    if (isOver) trace.flush();
  }

  function end(outcome: RunOutcome, error: WirebookError | null, completion: SavedReply | null = null): void {
    if (isOver) return;
    isOver = true;
    runTimer.cancel();
    for (const step of openSteps) step.timer?.cancel();
    queue.length = 0;
    if (error !== null) abort?.abort(error);
    const record = error === null ? null : toErrorRecord(error);
    trace.finish(outcome, record);
    options.onFinish({ outcome, error: record, completion: isDetached ? null : completion });
  }

  const firstMessage: JsonObject = info.trigger.kind === 'function' ? info.trigger.inputs : info.trigger.body;
  enqueue({ node: options.source, message: firstMessage, ancestry: null, failure: undefined });
  pump();

  return {
    cancel: (error) => end('cancelled', error),
  };
}

/** The analyst reads this in Action Status, where nothing else tells which node it was. */
function withNodeName(error: WirebookError, nodeName: string): WirebookError {
  if (error.message.startsWith('node "')) return error;
  return new WirebookError(error.code, `node "${nodeName}": ${error.message}`, error, error.details);
}

/** What travels from an error port: the error, the node and the message that failed. */
function toErrorMessage(step: { readonly node: CompiledNode; readonly message: JsonValue }, error: WirebookError): JsonObject {
  const message = isJsonObject(step.message) || Array.isArray(step.message) ? step.message : { value: step.message };
  return {
    error: {
      code: error.code,
      message: error.message,
      hint: error.hint,
      ...(error.details === undefined ? {} : { details: { ...error.details } }),
    },
    node: { id: step.node.id, name: step.node.name },
    message,
  };
}
