import { toWirebookError, WirebookError } from '@wirebook/errors';
import type { BrokerConnection, BrokerDelivery, Clock, IdSource, Trigger } from '@wirebook/node-kit';
import type { CompletionQueue } from './completion-queue.ts';
import { toDefaultReply } from './default-reply.ts';
import type { EngineLog } from './engine-log.ts';
import { createHeldMessage, type HeldMessage, withoutBody } from './held-message.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import { createMessageAnswers, toRawMessage } from './message-answers.ts';
import { createMessageInbox } from './message-inbox.ts';
import type { Ledger, LedgerChange, LedgerEntry } from './ports/ledger.ts';
import type { TraceSink } from './ports/trace-sink.ts';
import { createQuarantine, isSuspect } from './quarantine.ts';
import { type DecodedTrigger, findReplyAddress, readTrigger } from './read-trigger.ts';
import { findRefusal } from './refused-message.ts';
import type { RouteMatch, Router } from './router.ts';
import { createRuleNaming } from './rule-naming.ts';
import { type RunResult, startRun } from './run.ts';
import { toRunHead } from './run-head.ts';
import { toSavedReply } from './run-replies.ts';
import type { RunServices } from './run-services.ts';
import type { RunSlots } from './run-slots.ts';
import { createRunTrace } from './run-trace.ts';
import { createStatusOutbox } from './status-outbox.ts';
import { createStepMemory, emptyStepMemory } from './step-memory.ts';
import { createTakenOverRuns } from './taken-over-runs.ts';
import { toUnwantedError } from './unwanted-message.ts';
import type { MessageReading, WaitingMessage, WaitingMessages } from './waiting-messages.ts';

export interface MessageDeskOptions {
  readonly broker: BrokerConnection;
  readonly brokerHost: string;
  readonly ledger: Ledger;
  readonly writer: LedgerWriter;
  readonly trace: TraceSink;
  readonly completions: CompletionQueue;
  readonly slots: RunSlots;
  readonly services: RunServices;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: EngineLog;
  /** Takes secrets out of what the platform is told of an error. */
  readonly redactText: (text: string) => string;
  readonly waiting: WaitingMessages;
  /** Read at each message: a deploy changes it. */
  readonly router: () => Router;
  readonly onFatal: (error: unknown) => void;
  /** For negative controls only: without it every delivery runs. */
  readonly isLedgerConsulted: boolean;
}

/** Takes messages in, runs them, answers and settles them by the record in the ledger. */
export interface MessageDesk {
  take(delivery: BrokerDelivery): void;
  /** Starts the runs of taken-over messages that are not done, as many as there is room for. */
  resumeTakenOver(): void;
  /** Starts those that had no room before. */
  goOnResuming(): void;
  /** From now on nothing is started; what is delivered goes back to the broker when the connection closes. */
  stopTaking(): void;
  /** Between these two a message that nobody takes waits, for the deploy may bring who does. */
  beginDeploy(): void;
  endDeploy(): void;
  /** From now on deliveries of this destination are left to the broker; what is in hand is finished. */
  stopTakingFrom(destination: string): void;
  takeAgainFrom(destination: string): void;
  /** Ends the runs that are left; their messages are delivered again. */
  cancelAll(): void;
  /** Puts on record that an error that no step owns ends the process. */
  recordCrash(): void;
  flushTraces(): void;
  isHeld(entryId: number): boolean;
  /** Messages in hand. */
  readonly size: number;
  /** Messages of this destination in hand. */
  countFor(destination: string): number;
}

export function createMessageDesk(options: MessageDeskOptions): MessageDesk {
  const { ledger, writer, slots, clock, log } = options;
  const held = new Map<number, HeldMessage>();
  const quarantine = createQuarantine({ writer, onFailure: options.onFatal });
  const { answer, toPoison } = createMessageAnswers({ ...options, held });
  const inbox = createMessageInbox({ ...options, onRecorded: admit });
  const traceSink: TraceSink = {
    append: (part) => {
      // The next attempt is told by the ledger: one that is shown and not on record would get the same number.
      if (part.finished === null) recordStarts();
      options.trace.append(part);
    },
  };
  const takenOverRuns = createTakenOverRuns({ ledger, log, held, begin });
  const ruleNaming = createRuleNaming({
    ...options,
    catalogue: options.services.platform.catalogue,
    hasRuleFilter: (destination) => options.router().hasRuleFilter(destination),
    isOurs,
    onNamed: route,
    onLetGo: ({ entry }) => held.delete(entry.id),
  });
  let isTaking = true;
  /** Destinations whose deliveries are left to the broker. */
  const leaving = new Set<string>();
  let isDeploying = false;
  let waitingForDeploy: (() => void)[] = [];

  function recordStarts(): void {
    try {
      writer.flush();
    } catch (thrown) {
      options.onFatal(thrown);
    }
  }

  function take(delivery: BrokerDelivery): void {
    if (!isTaking || leaving.has(delivery.destination)) return;
    inbox.put(delivery);
  }

  function admit(entry: LedgerEntry, delivery: BrokerDelivery): void {
    const known = held.get(entry.id);
    if (known !== undefined) {
      log.debug('redelivered while in hand', { messageId: delivery.messageId });
      known.deliveries.push(withoutBody(delivery));
      if (known.replyState === 'in-doubt') answer(known, known.reply, []);
      else if (known.replyState === 'decided') answer(known, null, []);
      return;
    }
    const raw = { ...delivery, receivedAtMs: entry.receivedAtMs };
    const message = createHeldMessage(entry, raw, delivery);
    held.set(entry.id, message);
    if (!entry.takenOver && entry.run !== 'done' && entry.reply === 'none') {
      begin(message);
      return;
    }
    log.info('redelivered: its record decides', { messageId: delivery.messageId, reply: entry.reply, run: entry.run });
    message.isRunOver = true;
    const isUnconfirmed = (entry.reply === 'saved' || entry.reply === 'in-doubt') && !writer.isDecidedLater(entry.id);
    answer(message, isUnconfirmed ? entry.savedReply : null, []);
  }

  function begin(message: HeldMessage): void {
    const { raw } = message;
    const refusal = findRefusal(message);
    if (refusal !== undefined) {
      poison(message, refusal);
      return;
    }
    let decoded: DecodedTrigger;
    try {
      decoded = readTrigger(raw);
    } catch (thrown) {
      poison(message, toWirebookError(thrown, 'ENGINE_MESSAGE_UNREADABLE'));
      return;
    }
    if (decoded.actionId === null) {
      route(message, { decoded, trigger: decoded.trigger });
      return;
    }
    ruleNaming.name(message, { decoded, trigger: decoded.trigger }, decoded.actionId);
  }

  /** Else the broker delivers it again. */
  function isOurs({ entry, deliveries }: HeldMessage): boolean {
    return entry.takenOver || deliveries.some((delivery) => options.broker.canSettle(delivery));
  }

  function route(message: HeldMessage, reading: MessageReading): void {
    const { decoded, trigger } = reading;
    if (!isTaking) {
      held.delete(message.entry.id);
      return;
    }
    const match = options.router().find(trigger);
    if (match === undefined && message.entry.takenOver) {
      log.warn('a detached run waits: no deployed flow takes its message', { runId: message.entry.runId });
      held.delete(message.entry.id);
      return;
    }
    if (match === undefined && leaving.has(message.raw.destination)) {
      held.delete(message.entry.id);
      return;
    }
    if (match === undefined && isDeploying) {
      waitForDeploy(options.waiting.add(message, reading));
      return;
    }
    if (match === undefined) {
      refuseUnwanted(message, decoded, trigger);
      return;
    }
    queue(options.waiting.add(message, reading), match);
  }

  /** As the next one a function of its own: the closures here must not keep alive what was read of the message. */
  function waitForDeploy(waiting: WaitingMessage): void {
    options.waiting.wait(waiting);
    waitingForDeploy.push(() => route(waiting.message, options.waiting.take(waiting)));
  }

  function queue(waiting: WaitingMessage, match: RouteMatch): void {
    const { message } = waiting;
    const { flow } = match;
    const request = (start: () => void) => slots.request({ flowId: flow.id, flowLimit: flow.settings.concurrency, start });
    const start = () => {
      if (isTaking && isOurs(message)) {
        run(message, options.waiting.take(waiting), match);
        return;
      }
      // A stop came, or the connection went, while it waited: the broker delivers it again.
      options.waiting.drop(waiting);
      release(message, flow.id);
    };
    if (isSuspect(message.entry)) quarantine.enter(message.entry.id, { request, start });
    else request(start);
    options.waiting.wait(waiting);
  }

  function refuseUnwanted(message: HeldMessage, decoded: DecodedTrigger, trigger: Trigger): void {
    const error = toUnwantedError(trigger, decoded.actionId);
    log.warn(error.message, { code: error.code, messageId: message.raw.messageId });
    finishUnrun(message, error, []);
  }

  function run(message: HeldMessage, { decoded, trigger }: MessageReading, { flow, source }: RouteMatch): void {
    const { entry, raw } = message;
    const isRepeat = entry.starts > 0 || entry.takenOver;
    const attempt = entry.starts + 1;
    writer.later({ type: 'run-started', entryId: entry.id, flowId: flow.id });
    const trace = createRunTrace({
      head: toRunHead({ entry, raw, flow, trigger, decoded, startedAtMs: clock.now() }),
      attempt,
      sink: traceSink,
      clock,
      triggerBody: raw.body,
      triggerHeaders: trigger.headers,
    });
    message.trace = trace;
    const statuses = createStatusOutbox({ broker: options.broker, trace });
    trace.add({
      type: 'attempt.started',
      attempt,
      reason: entry.takenOver ? 'taken-over' : entry.deliveries > 1 ? 'redelivered' : 'delivered',
    });
    message.run = startRun({
      info: { runId: entry.runId, attempt, flowId: flow.id, flowName: flow.name, trigger },
      entryId: entry.id,
      flow,
      source: source.node,
      contextToken: decoded.contextToken,
      replyAddress: decoded.replyAddress,
      memory: isRepeat ? createStepMemory(ledger.readSteps(entry.id)) : emptyStepMemory,
      isCompleted: entry.reply !== 'none',
      trace,
      services: options.services,
      sendStatus: statuses.send,
      onDetach: (reply) => {
        statuses.close();
        answer(message, reply, [
          { type: 'reply-saved', entryId: entry.id, reply, runDone: false },
          { type: 'taken-over', entryId: entry.id, raw: toRawMessage(raw) },
        ]);
      },
      onOversizeReply: (error) => writer.later(toPoison(message, error, null)),
      onFinish: (result) => {
        statuses.close();
        finish(message, result, { flowId: flow.id, isSilent: source.route.kind === 'action' && source.route.fireAndForget, decoded });
      },
    });
  }

  function finish(message: HeldMessage, result: RunResult, about: { flowId: string; isSilent: boolean; decoded: DecodedTrigger }): void {
    const { entry } = message;
    message.isRunOver = true;
    if (result.outcome === 'cancelled') {
      // Nothing is decided: the broker delivers it again, or the ledger starts it again.
      message.trace?.flush();
      if (message.replyState !== 'under-way') held.delete(entry.id);
      free(message, about.flowId);
      return;
    }
    if (message.replyState !== 'none' || entry.takenOver) {
      writer
        .commit([{ type: 'run-done', entryId: entry.id }])
        .catch((thrown: unknown) => log.error('the end of a run was not recorded', { reason: String(thrown) }));
      message.trace?.flush();
      if (message.replyState !== 'under-way') held.delete(entry.id);
      free(message, about.flowId);
      return;
    }
    const reply =
      result.completion ??
      (about.isSilent || about.decoded.replyAddress === null
        ? null
        : toSavedReply(about.decoded.replyAddress, toDefaultReply(result.error, options.redactText)));
    answer(
      message,
      reply,
      reply === null
        ? [
            { type: 'reply-not-needed', entryId: entry.id },
            { type: 'run-done', entryId: entry.id },
          ]
        : [{ type: 'reply-saved', entryId: entry.id, reply, runDone: true }],
    );
    free(message, about.flowId);
  }

  function free(message: HeldMessage, flowId: string): void {
    quarantine.leave(message.entry.id);
    slots.release(flowId);
  }

  function release(message: HeldMessage, flowId: string): void {
    held.delete(message.entry.id);
    free(message, flowId);
  }

  function poison(message: HeldMessage, error: WirebookError): void {
    log.error(`${error.message}; it is in the poison tray`, { code: error.code });
    finishUnrun(message, error, [toPoison(message, error, null)]);
  }

  /** Answers with the error, where an address is known, without a run. */
  function finishUnrun(message: HeldMessage, error: WirebookError, changes: readonly LedgerChange[]): void {
    const { entry, raw } = message;
    message.isRunOver = true;
    if (entry.takenOver) {
      // Answered and settled before: only the run is left, and it ends here.
      writer
        .commit([...changes, { type: 'run-done', entryId: entry.id }])
        .catch((thrown: unknown) => log.error('the end of a run was not recorded', { reason: String(thrown) }));
      held.delete(entry.id);
      return;
    }
    const address = findReplyAddress(raw.headers);
    const reply = address === null ? null : toSavedReply(address, toDefaultReply(error, options.redactText));
    const decision: LedgerChange[] =
      reply === null
        ? [
            { type: 'reply-not-needed', entryId: entry.id },
            { type: 'run-done', entryId: entry.id },
          ]
        : [{ type: 'reply-saved', entryId: entry.id, reply, runDone: true }];
    answer(message, reply, [...changes, ...decision]);
  }

  return {
    take,
    resumeTakenOver: () => takenOverRuns.resume(),
    goOnResuming: () => {
      if (isTaking) takenOverRuns.goOn();
    },
    stopTaking: () => {
      isTaking = false;
      inbox.clear();
      slots.clear();
      options.waiting.clear();
      waitingForDeploy = [];
      for (const [entryId, message] of held) if (message.run === null && message.replyState !== 'under-way') held.delete(entryId);
    },
    beginDeploy: () => {
      isDeploying = true;
    },
    endDeploy: () => {
      isDeploying = false;
      const waiting = waitingForDeploy;
      waitingForDeploy = [];
      for (const routeAgain of waiting) routeAgain();
    },
    stopTakingFrom: (destination) => leaving.add(destination),
    takeAgainFrom: (destination) => leaving.delete(destination),
    cancelAll: () => {
      const error = new WirebookError('ENGINE_RUN_CANCELLED', 'the engine stopped before the run was over; the message is delivered again');
      for (const message of [...held.values()]) message.run?.cancel(error);
    },
    recordCrash: () => {
      const { suspect } = quarantine;
      const running = [...held.values()].filter((message) => message.run !== null && !message.isRunOver).map((message) => message.entry.id);
      const blamed = suspect !== null ? [suspect] : running;
      ledger.write([...blamed.map((entryId) => ({ type: 'run-crashed', entryId }) as const), { type: 'boot-ended' }]);
    },
    flushTraces: () => {
      for (const { trace } of held.values()) if (trace?.hasNews) trace.flush();
    },
    isHeld: (entryId) => held.has(entryId),
    get size() {
      return held.size;
    },
    countFor: (destination) => [...held.values()].filter((message) => message.raw.destination === destination).length,
  };
}
