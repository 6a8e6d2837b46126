import { toWirebookError, type WirebookError } from '@wirebook/errors';
import type { Clock } from '@wirebook/node-kit';
import { toReceiptReply } from './default-reply.ts';
import { formatDuration } from './format-duration.ts';
import type { HeldMessage } from './held-message.ts';
import type { HeldMessages } from './held-messages.ts';
import { createLanes } from './lanes.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import { type MessageAnswers, toRawMessage } from './message-answers.ts';
import type { Ledger, LedgerChange } from './ports/ledger.ts';
import type { RouteMatch } from './router.ts';
import type { SourceKeys, SourceWait } from './source-plan.ts';
import type { TakenOverRuns } from './taken-over-runs.ts';
import type { MessageReading, WaitingMessage, WaitingMessages } from './waiting-messages.ts';
import { createWaitingRoom } from './waiting-room.ts';

export interface MessageAdmissionOptions {
  readonly ledger: Pick<Ledger, 'claim' | 'count' | 'findClaimEnd' | 'takeKey'>;
  readonly writer: LedgerWriter;
  readonly clock: Clock;
  /** 0 to below 1. */
  readonly random: () => number;
  readonly held: HeldMessages;
  readonly answers: MessageAnswers;
  readonly waiting: WaitingMessages;
  readonly takenOverRuns: TakenOverRuns;
  /** Messages that the ledger takes over at most; what is beyond stays with the broker. */
  readonly takenOverLimit: number;
  /** Its turn has come; `onOver` is to be called once, when its run is over or will not be. */
  readonly onTurn: (waiting: WaitingMessage, match: RouteMatch, onOver: () => void) => void;
  readonly onSkipped: (message: HeldMessage, reading: MessageReading, match: RouteMatch, reason: string) => void;
  readonly onRefused: (message: HeldMessage, error: WirebookError) => void;
  readonly onFatal: (error: unknown) => void;
}

/** Messages between their flow and their run: what is a repetition, what has to wait, what keeps an order. */
export interface MessageAdmission {
  admit(message: HeldMessage, reading: MessageReading, match: RouteMatch): void;
  /** Takes over what had no room before. */
  goOn(): void;
  /** Forgets all that wait: the ledger or the broker has them. */
  clear(): void;
  counts(): AdmissionCounts;
}

export interface AdmissionCounts {
  /** Messages that wait for their time. */
  readonly timed: number;
  /** Messages that wait behind another one of their lane. */
  readonly inLanes: number;
  /** Messages left with the broker because the ledger holds as many as it may. */
  readonly beyondLimit: number;
}

interface Place {
  waiting: WaitingMessage;
  readonly match: RouteMatch;
  readonly keys: SourceKeys;
  /** Null: it is on the disk that the message is taken over. Else what is to be done then. */
  onRecorded: (() => void) | null;
}

const nothing = () => undefined;

export function createMessageAdmission(options: MessageAdmissionOptions): MessageAdmission {
  const { ledger, writer, clock, held, answers, takenOverRuns } = options;
  const room = createWaitingRoom(options);
  const lanes = createLanes();
  /** The last message of a flow whose keys are being found: later ones do not pass it. */
  const lastComing = new Map<string, Promise<void>>();
  /** Those for which the ledger has no room now. */
  let beyondLimit: Place[] = [];
  let takenOverCount = ledger.count().takenOver;
  let isCleared = false;

  function admit(message: HeldMessage, reading: MessageReading, match: RouteMatch): void {
    let keys: SourceKeys | Promise<SourceKeys>;
    try {
      keys = match.source.plan.findKeys(reading.trigger, reading.decoded.incidentId);
    } catch (thrown) {
      options.onRefused(message, toWirebookError(thrown, 'FLOW_EXPRESSION_FAILED'));
      return;
    }
    const waiting = options.waiting.add(message, reading);
    if (keys instanceof Promise || lastComing.has(match.flow.id)) admitLater(waiting, match, Promise.resolve(keys));
    else admitWithKeys({ waiting, match, keys, onRecorded: null });
  }

  /** A function of its own: the closures here must not keep alive what was read of the message. */
  function admitLater(waiting: WaitingMessage, match: RouteMatch, coming: Promise<SourceKeys>): void {
    const flowId = match.flow.id;
    options.waiting.wait(waiting);
    const settled = coming.then(
      (keys) => () => admitWithKeys({ waiting, match, keys, onRecorded: null }),
      (thrown: unknown) => () => {
        options.waiting.take(waiting);
        options.onRefused(waiting.message, toWirebookError(thrown, 'FLOW_EXPRESSION_FAILED'));
      },
    );
    const before = lastComing.get(flowId) ?? Promise.resolve();
    const last = before
      .then(() => settled)
      .then((goOn) => {
        if (lastComing.get(flowId) === last) lastComing.delete(flowId);
        if (waiting.place !== 'left') goOn();
      })
      .catch(options.onFatal);
    lastComing.set(flowId, last);
  }

  function admitWithKeys(place: Place): void {
    if (!isFirst(place)) return;
    const { waiting, match } = place;
    if (!match.source.plan.takesOver) {
      options.onTurn(waiting, match, nothing);
      return;
    }
    if (waiting.message.custody === 'broker') {
      takeOver(place);
      return;
    }
    enterRoom(place);
    options.waiting.wait(place.waiting);
  }

  /** Of the same key only the first one of a time runs. */
  function isFirst({ match, waiting, keys }: Place): boolean {
    const { dedupeMs } = match.source.plan;
    if (dedupeMs === 0 || keys.dedupe === null) return true;
    const { runId } = waiting.message.entry;
    const atMs = clock.now();
    const holder = ledger.claim({ scope: toScope(match), key: keys.dedupe, claimant: runId, atMs, untilMs: atMs + dedupeMs });
    if (holder === runId) return true;
    const reading = options.waiting.take(waiting);
    options.onSkipped(waiting.message, reading, match, `run ${holder} had the same key less than ${formatDuration(dedupeMs)} before`);
    return false;
  }

  function takeOver(place: Place): void {
    if (beyondLimit.length > 0 || takenOverCount >= options.takenOverLimit) {
      options.waiting.wait(place.waiting);
      beyondLimit.push(place);
      return;
    }
    const { match } = place;
    const { plan } = match.source;
    const { message } = place.waiting;
    const flowId = match.flow.id;
    const reading = options.waiting.take(place.waiting);
    const raw = toRawMessage(message.raw);
    const isAtReceipt = plan.completion === 'on-receipt';
    const reply = isAtReceipt && !plan.isSilent ? toReceiptReply(raw.headers) : null;
    place.waiting = options.waiting.add(message, reading);
    takenOverCount += 1;
    message.isParked = takenOverRuns.isFull(flowId);
    if (message.isParked) takenOverRuns.willPark(flowId);
    held.countTakenOver(message, flowId);
    message.custody = 'ledger';
    message.owesReply = reply === null;
    if (isAtReceipt) message.replyState = 'decided';
    if (reply !== null) message.reply = reply;
    place.onRecorded = nothing;
    message.dueAtMs = message.isParked ? findFirstDue(plan.wait) : enterRoom(place);
    const { id } = message.entry;
    const changes: LedgerChange[] = [
      { type: 'taken-over', entryId: id, flowId, raw, owesReply: message.owesReply, dueAtMs: message.dueAtMs },
    ];
    if (reply !== null) changes.push({ type: 'reply-saved', entryId: id, reply, runDone: false });
    else if (isAtReceipt) changes.push({ type: 'reply-not-needed', entryId: id });
    writer.commit(changes).then(() => recorded(place), options.onFatal);
    options.waiting.wait(place.waiting);
  }

  function recorded(place: Place): void {
    const { message } = place.waiting;
    const goOn = place.onRecorded;
    place.onRecorded = null;
    if (isCleared) return;
    if (message.reply !== null) answers.answer(message, message.reply, []);
    else answers.settle(message);
    if (message.isParked) {
      options.waiting.drop(place.waiting);
      takenOverRuns.park(place.match.flow.id, message.entry.id);
      answers.letGo(message);
      return;
    }
    goOn?.();
  }

  /** Nothing begins before it is on the disk that the ledger has the message. */
  function whenRecorded(place: Place, action: () => void): void {
    if (place.onRecorded === null) action();
    else place.onRecorded = action;
  }

  function enterRoom(place: Place): number | null {
    const { match, keys, waiting } = place;
    const { wait } = match.source.plan;
    if (wait === null) {
      enterLane(place);
      return null;
    }
    return room.enter({
      wait,
      scope: toScope(match),
      key: keys.wait,
      dueAtMs: waiting.message.dueAtMs,
      onDue: () => enterLane(place),
      onSkipped: (reason) =>
        whenRecorded(place, () => {
          const reading = options.waiting.take(place.waiting);
          options.onSkipped(place.waiting.message, reading, match, reason);
        }),
    });
  }

  function enterLane(place: Place): void {
    const { match, keys } = place;
    const take = (onOver: () => void) => whenRecorded(place, () => options.onTurn(place.waiting, match, onOver));
    if (keys.lane === null) {
      take(nothing);
      return;
    }
    const lane = JSON.stringify([match.flow.id, keys.lane]);
    lanes.enter(lane, () => take(() => lanes.leave(lane)));
  }

  function findFirstDue(wait: SourceWait | null): number | null {
    return wait === null || wait.kind === 'throttle' ? null : clock.now() + wait.waitMs;
  }

  return {
    admit,
    goOn: () => {
      if (takenOverCount === 0) return;
      takenOverCount = ledger.count().takenOver;
      const places = beyondLimit;
      beyondLimit = [];
      for (const place of places) if (place.waiting.place !== 'left') takeOver(place);
    },
    clear: () => {
      isCleared = true;
      room.clear();
      lanes.clear();
      beyondLimit = [];
    },
    counts: () => ({ timed: room.size, inLanes: lanes.waitingCount, beyondLimit: beyondLimit.length }),
  };
}

function toScope({ flow, source }: RouteMatch): string {
  return `${flow.id}/${source.node.id}`;
}
