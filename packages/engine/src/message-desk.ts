import { toWirebookError, WirebookError } from '@wirebook/errors';
import type { BrokerConnection, BrokerDelivery, Clock, IdSource, Trigger } from '@wirebook/node-kit';
import type { RunOutcome } from '@wirebook/trace';
import type { CompletionQueue } from './completion-queue.ts';
import type { EngineLog } from './engine-log.ts';
import { createHeldMessage, type HeldMessage, withoutBody } from './held-message.ts';
import { createHeldMessages } from './held-messages.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import { type AdmissionCounts, createMessageAdmission } from './message-admission.ts';
import { createMessageAnswers } from './message-answers.ts';
import { createMessageInbox } from './message-inbox.ts';
import { createMessageRuns } from './message-runs.ts';
import type { Ledger, LedgerEntry } from './ports/ledger.ts';
import type { TraceSink } from './ports/trace-sink.ts';
import { createQuarantine, isSuspect } from './quarantine.ts';
import { type DecodedTrigger, readTrigger } from './read-trigger.ts';
import { findRefusal } from './refused-message.ts';
import type { RouteMatch, Router } from './router.ts';
import { createRuleNaming } from './rule-naming.ts';
import type { RunServices } from './run-services.ts';
import type { RunSlots } from './run-slots.ts';
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
  /** 0 to below 1. */
  readonly random: () => number;
  readonly log: EngineLog;
  /** Takes secrets out of what the platform is told of an error. */
  readonly redactText: (text: string) => string;
  readonly waiting: WaitingMessages;
  /** An error ends the action well, with results that tell it. */
  readonly trapsErrors: boolean;
  /** Messages that the ledger takes over at most. */
  readonly takenOverLimit: number;
  /** Read at each message: a deploy changes it. */
  readonly router: () => Router;
  readonly onFatal: (error: unknown) => void;
  /** A run has ended, for good. */
  readonly onRunOver: (message: HeldMessage, outcome: RunOutcome) => void;
  /** For negative controls only: without it every delivery runs. */
  readonly isLedgerConsulted: boolean;
}

/** Takes messages in, runs them, answers and settles them by the record in the ledger. */
export interface MessageDesk {
  take(delivery: BrokerDelivery): void;
  /** Starts the runs of taken-over messages that are not done, as many as there is room for. */
  resumeTakenOver(): void;
  /** Starts the run of this message, which came into the ledger from no broker. */
  takeUp(flowId: string, entryId: number): void;
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
  /**
   * Ends the run of this id for good, with an error reply where it is not answered.
   *
   * @throws ENGINE_RUN_NOT_RUNNING
   */
  stopRun(runId: string, by: string): void;
  flushTraces(): void;
  admissionCounts(): AdmissionCounts;
  isHeld(entryId: number): boolean;
  /** When the last message came, on the monotonic clock; minus infinity when none did. */
  readonly lastTakenMs: number;
  /** Messages in hand. */
  readonly size: number;
  /** Messages of this destination in hand that the broker still has. */
  countFor(destination: string): number;
}

export function createMessageDesk(options: MessageDeskOptions): MessageDesk {
  const { ledger, writer, slots, log } = options;
  const held = createHeldMessages();
  const quarantine = createQuarantine({ writer, onFailure: options.onFatal });
  const answers = createMessageAnswers({ ...options, held, files: options.services.files });
  const inbox = createMessageInbox({ ...options, onRecorded: admit });
  const traceSink: TraceSink = {
    append: (part) => {
      // The next attempt is told by the ledger: one that is shown and not on record would get the same number.
      if (part.finished === null) recordStarts();
      options.trace.append(part);
    },
  };
  const takenOverRuns = createTakenOverRuns({
    ledger,
    log,
    held,
    begin: (message) => {
      if (message.owesReply && message.replyState === 'in-doubt') answers.answer(message, message.reply, []);
      begin(message);
    },
    answer: (message) => answers.answer(message, message.reply, []),
  });
  const runs = createMessageRuns({ ...options, trace: traceSink, held, answers });
  const admission = createMessageAdmission({
    ...options,
    held,
    answers,
    takenOverRuns,
    onTurn: queue,
    onSkipped: (message, reading, match, reason) => {
      log.info(`a message is skipped: ${reason}`, { runId: message.entry.runId });
      runs.skip(message, reading, match, reason);
    },
    onRefused: (message, error) => {
      log.warn(error.message, { code: error.code, messageId: message.raw.messageId });
      runs.refuse(message, error, []);
    },
  });
  const stopListening = options.broker.onState(({ status }) => {
    if (status === 'connected' && isTaking) answers.sendAgain();
  });
  const ruleNaming = createRuleNaming({
    ...options,
    catalogue: options.services.platform.catalogue,
    hasRuleFilter: (destination) => options.router().hasRuleFilter(destination),
    isOurs,
    onNamed: route,
    onLetGo: ({ entry }) => held.delete(entry.id),
  });
  let lastTakenMs = Number.NEGATIVE_INFINITY;
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
    lastTakenMs = options.clock.monotonicMs();
    if (!isTaking || leaving.has(delivery.destination)) return;
    inbox.put(delivery);
  }

  function admit(entry: LedgerEntry, delivery: BrokerDelivery): void {
    const known = held.get(entry.id);
    if (known !== undefined) {
      log.debug('redelivered while in hand', { messageId: delivery.messageId });
      known.deliveries.push(withoutBody(delivery));
      if (known.owesReply) {
        answers.settle(known);
        return;
      }
      if (known.replyState === 'in-doubt') answers.answer(known, known.reply, []);
      else if (known.replyState === 'decided') answers.answer(known, null, []);
      return;
    }
    const raw = { ...delivery, receivedAtMs: entry.receivedAtMs };
    const message = createHeldMessage(entry, raw, delivery);
    held.add(message);
    if (!entry.takenOver && entry.run !== 'done' && entry.reply === 'none') {
      begin(message);
      return;
    }
    log.info('redelivered: its record decides', { messageId: delivery.messageId, reply: entry.reply, run: entry.run });
    message.isRunOver = true;
    if (entry.owesReply) {
      // The ledger runs and answers it: the broker is only told once more.
      message.replyState = 'decided';
      answers.settle(message);
      return;
    }
    const isUnconfirmed = (entry.reply === 'saved' || entry.reply === 'in-doubt') && !writer.isDecidedLater(entry.id);
    answers.answer(message, isUnconfirmed ? entry.savedReply : null, []);
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
  function isOurs({ custody, deliveries }: HeldMessage): boolean {
    return custody === 'ledger' || deliveries.some((delivery) => options.broker.canSettle(delivery));
  }

  function route(message: HeldMessage, reading: MessageReading): void {
    const { decoded, trigger } = reading;
    if (!isTaking) {
      held.delete(message.entry.id);
      return;
    }
    const match = options.router().find(trigger);
    if (match === undefined && message.custody === 'ledger') {
      log.warn('a taken-over message waits: no deployed flow takes its message', { runId: message.entry.runId });
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
    admission.admit(message, reading, match);
  }

  /** As the next one a function of its own: the closures here must not keep alive what was read of the message. */
  function waitForDeploy(waiting: WaitingMessage): void {
    options.waiting.wait(waiting);
    waitingForDeploy.push(() => route(waiting.message, options.waiting.take(waiting)));
  }

  /** Its turn has come: it waits for a place to run in. */
  function queue(waiting: WaitingMessage, match: RouteMatch, onOver: () => void): void {
    const { message } = waiting;
    const current = message.custody === 'ledger' ? options.router().findSource(match.flow.id, match.source.node.id) : match;
    if (current === undefined) {
      // A deploy took its source away while it waited: another one may have it, now or later.
      options.waiting.drop(waiting);
      held.delete(message.entry.id);
      onOver();
      takenOverRuns.lookFrom(match.flow.id, message.entry.id);
      return;
    }
    const { flow } = current;
    const place = { flowId: flow.id, destination: message.raw.destination };
    const leave = () => {
      quarantine.leave(message.entry.id);
      slots.release(place);
      onOver();
      takenOverRuns.goOnFor(flow.id);
    };
    const request = (start: () => void) => slots.request({ ...place, flowLimit: flow.settings.concurrency, start });
    const start = () => {
      if (isTaking && isOurs(message)) {
        const onLongWait = () => quarantine.leave(message.entry.id);
        runs.start(message, options.waiting.take(waiting), current, { onOver: leave, onLongWait });
        return;
      }
      // A stop came, or the connection went, while it waited: the broker delivers it again.
      options.waiting.drop(waiting);
      held.delete(message.entry.id);
      leave();
    };
    if (isSuspect(message.entry)) quarantine.enter(message.entry.id, { request, start });
    else request(start);
    options.waiting.wait(waiting);
  }

  function refuseUnwanted(message: HeldMessage, decoded: DecodedTrigger, trigger: Trigger): void {
    const error = toUnwantedError(trigger, decoded.actionId);
    log.warn(error.message, { code: error.code, messageId: message.raw.messageId });
    runs.refuse(message, error, []);
  }

  function poison(message: HeldMessage, error: WirebookError): void {
    log.error(`${error.message}; it is in the poison tray`, { code: error.code });
    runs.refuse(message, error, [answers.toPoison(message, error, null)]);
  }

  return {
    take,
    resumeTakenOver: () => takenOverRuns.resume(),
    takeUp: (flowId, entryId) => {
      lastTakenMs = options.clock.monotonicMs();
      if (!isTaking) return;
      takenOverRuns.lookFrom(flowId, entryId);
      takenOverRuns.goOn();
    },
    goOnResuming: () => {
      if (!isTaking) return;
      admission.goOn();
      takenOverRuns.goOn();
    },
    stopTaking: () => {
      isTaking = false;
      inbox.clear();
      admission.clear();
      slots.clear();
      options.waiting.clear();
      stopListening();
      waitingForDeploy = [];
      for (const message of [...held.values()]) {
        if (isLeftAtStop(message)) held.delete(message.entry.id);
        else if (message.custody === 'ledger' && message.run?.isWaitingOnly() === true) message.run.cancel(toStopError());
      }
    },
    stopRun: (runId, by) => {
      const message = [...held.values()].find(({ entry, run, isRunOver }) => entry.runId === runId && run !== null && !isRunOver);
      if (message?.run === undefined || message.run === null)
        throw new WirebookError('ENGINE_RUN_NOT_RUNNING', `run ${runId} is not running here`);
      log.info('a run is stopped', { runId, by });
      message.run.stop(new WirebookError('ENGINE_RUN_STOPPED', `the run was stopped by ${by}`));
    },
    admissionCounts: () => admission.counts(),
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
      for (const message of [...held.values()]) message.run?.cancel(toStopError());
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
    get lastTakenMs() {
      return lastTakenMs;
    },
    get size() {
      return held.size;
    },
    countFor: (destination) =>
      [...held.values()].filter(
        ({ raw, custody, deliveries }) => raw.destination === destination && (custody === 'broker' || deliveries.length > 0),
      ).length,
  };
}

function toStopError(): WirebookError {
  return new WirebookError('ENGINE_RUN_CANCELLED', 'the engine stopped before the run was over; the message is delivered again');
}

/** What has not begun, and what waits for the next connection, is left to the broker or the ledger. */
function isLeftAtStop(message: HeldMessage): boolean {
  const isWaiting = message.run === null && message.replyState !== 'under-way' && !message.isSettling;
  return isWaiting || (message.owesReply && message.isRunOver && message.replyState === 'in-doubt');
}
