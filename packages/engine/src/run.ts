import { type ErrorRecord, type JsonObject, toErrorRecord, WirebookError } from '@wirebook/errors';
import type { RunInfo } from '@wirebook/node-kit';
import type { RunOutcome } from '@wirebook/trace';
import type { CompiledFlow, CompiledNode } from './compiled-flow.ts';
import { type FinalSteps, type RunEnding, startFinalSteps } from './final-steps.ts';
import { startPausableTimer } from './pausable-timer.ts';
import type { SavedReply } from './ports/ledger.ts';
import { createRunReplies, type ReplyAddress } from './run-replies.ts';
import type { RunServices } from './run-services.ts';
import { createRunSteps, type RunSteps, type RunStepsOptions } from './run-steps.ts';
import type { RunTrace } from './run-trace.ts';
import type { StepMemory } from './step-memory.ts';

export interface RunResult {
  readonly outcome: RunOutcome;
  /** It goes on elsewhere or later: nothing is decided. */
  readonly isGivenBack: boolean;
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
  /** A step waits for long: resolves when the ledger has the message in the broker's place. */
  readonly takeOver: () => Promise<void>;
  /** A completing reply was over the limit. */
  readonly onOversizeReply: (error: WirebookError) => void;
  readonly onFinish: (result: RunResult) => void;
}

export interface RunHandle {
  /** Ends the run here, because it goes on elsewhere or later; nothing more is started, the nodes for the end of a run neither. */
  cancel(error: WirebookError): void;
  /** Ends the run for good with outcome cancelled and this error, as a person wants it. */
  stop(error: WirebookError): void;
  /** Nothing but waiting is under way. */
  isWaitingOnly(): boolean;
}

/** Runs one message through one flow version. */
export function startRun(options: RunOptions): RunHandle {
  const { flow, info, trace, services } = options;
  const replies = createRunReplies({ ...options, runId: info.runId, isOver: () => ending !== null });
  let stepCount = 0;
  let isDetached = options.isCompleted;
  /** Made, and no work is left. */
  let completion: SavedReply | null = null;
  /** How the run ended, from that moment on. */
  let ending: RunEnding | null = null;
  let finalSteps: FinalSteps | null = null;
  let isFinished = false;
  let isWaitingOnly = false;
  const stepOptions: Omit<RunStepsOptions, 'onCompletion' | 'onUnhandled' | 'onDrained'> = {
    ...options,
    replies,
    catches: flow.catches,
    nextStepId: () => {
      stepCount += 1;
      return stepCount;
    },
  };
  const steps: RunSteps = createRunSteps({
    ...stepOptions,
    onCompletion: (made, isWorkLeft) => {
      if (isWorkLeft) detach(made);
      else completion = made;
    },
    onUnhandled: (error, node) => end({ outcome: 'failed', error, node }),
    onDrained: () => end({ outcome: 'succeeded', error: null, node: null }),
    onWaitingOnly: (isNow) => {
      isWaitingOnly = isNow;
      if (isNow) runTimer.pause();
      else runTimer.resume();
    },
  });
  const runTimer = startPausableTimer(services.clock, flow.settings.timeoutMs, () => {
    const text = `flow "${flow.name}": the run took longer than ${flow.settings.timeoutMs} ms and was ended`;
    end({ outcome: 'timed-out', error: new WirebookError('ENGINE_RUN_TIMEOUT', text), node: null });
  });

  function detach(made: SavedReply): void {
    isDetached = true;
    trace.add({ type: 'run.detached' });
    options.onDetach(made);
  }

  function end(how: RunEnding): void {
    if (ending !== null) return;
    ending = how;
    runTimer.cancel();
    if (how.error !== null) steps.failOpen(how.error);
    steps.stop(how.error);
    if (flow.finallies.length === 0) {
      finish(how);
      return;
    }
    finalSteps = startFinalSteps({ ...stepOptions, ending: how, isCompleted: isDetached || completion !== null }, () => finish(how));
  }

  function cancel(error: WirebookError): void {
    if (isFinished) return;
    const how: RunEnding = { outcome: 'cancelled', error, node: null };
    ending ??= how;
    runTimer.cancel();
    steps.stop(error);
    finalSteps?.stop(error);
    finish(how, true);
  }

  function finish({ outcome, error }: RunEnding, isGivenBack = false): void {
    if (isFinished) return;
    isFinished = true;
    const record = error === null ? null : toErrorRecord(error);
    trace.finish(outcome, record);
    options.onFinish({ outcome, isGivenBack, error: record, completion: isDetached || outcome !== 'succeeded' ? null : completion });
  }

  const firstMessage: JsonObject = info.trigger.kind === 'function' ? info.trigger.inputs : info.trigger.body;
  steps.start(options.source, firstMessage);

  return { cancel, stop: (error) => end({ outcome: 'cancelled', error, node: null }), isWaitingOnly: () => isWaitingOnly };
}
