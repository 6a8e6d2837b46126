import { WirebookError } from '@wirebook/errors';
import type { BrokerConnection, Clock } from '@wirebook/node-kit';
import { acknowledgeReply } from '@wirebook/soar';
import type { RunOutcome } from '@wirebook/trace';
import type { CompiledFlow } from './compiled-flow.ts';
import { toDefaultReply } from './default-reply.ts';
import type { EngineLog } from './engine-log.ts';
import type { HeldMessage } from './held-message.ts';
import type { HeldMessages } from './held-messages.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import { type MessageAnswers, toRawMessage } from './message-answers.ts';
import { ownBrokerHost } from './own-trigger.ts';
import type { Ledger, LedgerChange, SavedReply } from './ports/ledger.ts';
import type { TraceSink } from './ports/trace-sink.ts';
import { type DecodedTrigger, findReplyAddress } from './read-trigger.ts';
import type { RouteMatch } from './router.ts';
import { type RunResult, startRun } from './run.ts';
import { toRunHead } from './run-head.ts';
import { toSavedReply } from './run-replies.ts';
import type { RunServices } from './run-services.ts';
import { createRunTrace, type RunTrace } from './run-trace.ts';
import { createStatusOutbox } from './status-outbox.ts';
import { createStepMemory, emptyStepMemory } from './step-memory.ts';
import type { MessageReading } from './waiting-messages.ts';

export interface MessageRunsOptions {
  readonly broker: BrokerConnection;
  readonly ledger: Ledger;
  readonly writer: LedgerWriter;
  readonly trace: TraceSink;
  readonly services: RunServices;
  readonly clock: Clock;
  readonly log: EngineLog;
  /** Takes secrets out of what the platform is told of an error. */
  readonly redactText: (text: string) => string;
  /** An error ends the action well, with results that tell it. */
  readonly trapsErrors: boolean;
  readonly held: HeldMessages;
  readonly answers: MessageAnswers;
  readonly onFatal: (error: unknown) => void;
  /** A run has ended, for good. */
  readonly onRunOver: (message: HeldMessage, outcome: RunOutcome) => void;
}

/** What is heard of a run. */
interface RunNews {
  /** Called once, when the run needs its place no longer. */
  readonly onOver: () => void;
  /** A step begins to wait for long. */
  readonly onLongWait: () => void;
}

/** Runs messages, and puts down what is to be answered at the end of a run or in its place. */
export interface MessageRuns {
  start(message: HeldMessage, reading: MessageReading, match: RouteMatch, news: RunNews): void;
  /** Ends it without a run, answered as done; the trace says why. */
  skip(message: HeldMessage, reading: MessageReading, match: RouteMatch, reason: string): void;
  /** Answers with the error, where an address is known, without a run. */
  refuse(message: HeldMessage, error: WirebookError, changes: readonly LedgerChange[]): void;
}

function toReplyMade(body: string, kind: 'acknowledge' | 'error') {
  return { type: 'reply.made', stepId: null, kind, text: body, sizeBytes: Buffer.byteLength(body) } as const;
}

export function createMessageRuns(options: MessageRunsOptions): MessageRuns {
  const { ledger, writer, clock, log, held, answers } = options;

  function openTrace(message: HeldMessage, { decoded, trigger }: MessageReading, flow: CompiledFlow): RunTrace {
    const { entry, raw } = message;
    const attempt = entry.starts + 1;
    const trace = createRunTrace({
      head: toRunHead({ entry, raw, flow, trigger, decoded, startedAtMs: clock.now() }),
      attempt,
      sink: options.trace,
      clock,
      triggerBody: raw.body,
      triggerHeaders: trigger.headers,
    });
    message.trace = trace;
    trace.add({
      type: 'attempt.started',
      attempt,
      reason: entry.takenOver && !isOwnAndNew(entry) ? 'taken-over' : entry.deliveries > 1 ? 'redelivered' : 'delivered',
    });
    if (message.custody === 'ledger' && !entry.takenOver) {
      trace.add({ type: 'message.taken-over', dueAtMs: message.dueAtMs });
      // While it waited there was no trace that could be told of it.
      if (message.deliveries.length === 0) trace.add({ type: 'message.settled', how: 'taken-over' });
    }
    return trace;
  }

  function start(message: HeldMessage, reading: MessageReading, { flow, source }: RouteMatch, { onOver, onLongWait }: RunNews): void {
    const { entry, raw } = message;
    const { decoded, trigger } = reading;
    const isRepeat = entry.starts > 0 || entry.takenOver;
    writer.later({ type: 'run-started', entryId: entry.id, flowId: flow.id });
    const trace = openTrace(message, reading, flow);
    const statuses = createStatusOutbox({ broker: options.broker, trace });
    message.run = startRun({
      info: { runId: entry.runId, attempt: entry.starts + 1, flowId: flow.id, flowName: flow.name, trigger },
      entryId: entry.id,
      flow,
      source: source.node,
      contextToken: decoded.contextToken,
      replyAddress: decoded.replyAddress,
      memory: isRepeat ? createStepMemory(ledger.readSteps(entry.id)) : emptyStepMemory,
      isCompleted: message.reply !== null || entry.reply !== 'none',
      trace,
      services: options.services,
      sendStatus: statuses.send,
      onDetach: (reply) => {
        statuses.close();
        detach(message, reply, flow.id);
      },
      takeOver: () => {
        onLongWait();
        return takeOver(message, flow.id);
      },
      onOversizeReply: (error) => writer.later(answers.toPoison(message, error, null)),
      onFinish: (result) => {
        statuses.close();
        finish(message, result, { plan: source.plan, decoded });
        onOver();
      },
    });

    /**
     * Reply and message in one commit: what is left runs from the ledger. It is written at once, not when the reply's turn to leave
     * comes: else the end of the run could be on record before the reply, which nobody would send after a crash.
     */
    function detach(detached: HeldMessage, reply: SavedReply, flowId: string): void {
      const changes: LedgerChange[] = [{ type: 'reply-saved', entryId: entry.id, reply, runDone: false }];
      if (detached.custody !== 'ledger') {
        held.countTakenOver(detached, flowId);
        changes.push({ type: 'taken-over', entryId: entry.id, flowId, raw: toRawMessage(raw), owesReply: false, dueAtMs: null });
      }
      detached.reply = reply;
      detached.replyState = 'under-way';
      writer.commit(changes).then(() => answers.answer(detached, reply, []), options.onFatal);
    }
  }

  /** Nothing to do where the ledger has it already, or a completing reply has gone before. */
  async function takeOver(message: HeldMessage, flowId: string): Promise<void> {
    if (message.custody === 'ledger' || message.replyState !== 'none') return;
    held.countTakenOver(message, flowId);
    message.custody = 'ledger';
    message.owesReply = true;
    // A redelivery is not settled before it is on the disk that the ledger has the message.
    message.isSettling = true;
    message.trace?.add({ type: 'message.taken-over', dueAtMs: null });
    const raw = toRawMessage(message.raw);
    try {
      await writer.commit([{ type: 'taken-over', entryId: message.entry.id, flowId, raw, owesReply: true, dueAtMs: null }]);
    } catch (thrown) {
      options.onFatal(thrown);
      throw thrown;
    }
    message.isSettling = false;
    answers.settle(message);
  }

  function finish(message: HeldMessage, result: RunResult, about: { plan: RouteMatch['source']['plan']; decoded: DecodedTrigger }): void {
    const { entry } = message;
    message.isRunOver = true;
    if (result.isGivenBack) {
      // Nothing is decided: the broker delivers it again, or the ledger starts it again.
      message.trace?.flush();
      if (message.replyState !== 'under-way') held.delete(entry.id);
      return;
    }
    options.onRunOver(message, result.outcome);
    if (message.replyState !== 'none' || (message.custody === 'ledger' && !message.owesReply)) {
      recordRunDone(message);
      message.trace?.flush();
      answers.letGo(message);
      return;
    }
    const { plan, decoded } = about;
    const isMissing = plan.completion === 'by-node' && result.error === null;
    const error = isMissing
      ? new WirebookError('ENGINE_REPLY_MISSING', 'the run ended without a node that completes the action')
      : result.error;
    const address = plan.isSilent ? null : decoded.replyAddress;
    if (result.completion !== null || address === null) {
      decide(message, result.completion);
      return;
    }
    const body = toDefaultReply(error, options.redactText, { ...plan.replies, trapsErrors: options.trapsErrors });
    message.trace?.add(toReplyMade(body, error === null ? 'acknowledge' : 'error'));
    decide(message, toSavedReply(address, body));
  }

  /** The end of a run, or of a message that does not run. */
  function decide(message: HeldMessage, reply: SavedReply | null, changes: readonly LedgerChange[] = []): void {
    const entryId = message.entry.id;
    if (reply !== null) {
      answers.answer(message, reply, [...changes, { type: 'reply-saved', entryId, reply, runDone: true }]);
      return;
    }
    const decision: readonly LedgerChange[] = [...changes, { type: 'reply-not-needed', entryId }, { type: 'run-done', entryId }];
    if (!message.owesReply) {
      answers.answer(message, null, decision);
      return;
    }
    message.replyState = 'decided';
    writer.commit(decision).catch((thrown: unknown) => log.error('the end of a run was not recorded', { reason: String(thrown) }));
    message.trace?.flush();
    answers.letGo(message);
  }

  function recordRunDone(message: HeldMessage, changes: readonly LedgerChange[] = []): void {
    writer
      .commit([...changes, { type: 'run-done', entryId: message.entry.id }])
      .catch((thrown: unknown) => log.error('the end of a run was not recorded', { reason: String(thrown) }));
  }

  function skip(message: HeldMessage, reading: MessageReading, { flow, source }: RouteMatch, reason: string): void {
    message.isRunOver = true;
    writer.later({ type: 'run-started', entryId: message.entry.id, flowId: flow.id });
    const trace = openTrace(message, reading, flow);
    const address = source.plan.isSilent ? null : reading.decoded.replyAddress;
    const body = acknowledgeReply(`Skipped: ${reason}`);
    if (address !== null) trace.add(toReplyMade(body, 'acknowledge'));
    trace.finish('skipped', null);
    decide(message, address === null ? null : toSavedReply(address, body));
  }

  function refuse(message: HeldMessage, error: WirebookError, changes: readonly LedgerChange[]): void {
    message.isRunOver = true;
    if (message.custody === 'ledger' && !message.owesReply) {
      // Answered and settled before: only the run is left, and it ends here.
      recordRunDone(message, changes);
      answers.letGo(message);
      return;
    }
    const address = findReplyAddress(message.raw.headers);
    decide(message, address === null ? null : toSavedReply(address, toDefaultReply(error, options.redactText)), changes);
  }

  return { start, skip, refuse };
}

/** What was made here is in the ledger from the start: nobody took it over. */
function isOwnAndNew({ key, starts }: HeldMessage['entry']): boolean {
  return key.brokerHost === ownBrokerHost && starts === 0;
}
