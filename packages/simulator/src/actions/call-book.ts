import type { BrokerMessage, BrokerPort } from '../broker/broker-port.ts';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { JsonObject } from '../json-value.ts';
import type { Call, Invocation, Reply } from './invocation.ts';
import { addToTally, emptyTally, type InvocationTally } from './invocation-tally.ts';
import { parseCorrelationId, parseReply } from './reply-body.ts';

/** What was fired, by whom. */
type InvocationStart = Pick<Invocation, 'orgId' | 'kind' | 'name' | 'user' | 'ruleId' | 'incidentId'>;

/** One message to send, and what follows when it has ended. */
interface CallStart {
  readonly type: Call['type'];
  readonly name: string;
  readonly functionName: string | null;
  /** Programmatic name of the destination. */
  readonly queue: string;
  readonly body: JsonObject;
  /** False for destinations that expect no acknowledgement: the call is Complete once it is sent. */
  readonly expectsReply: boolean;
  readonly timeoutMs: number;
  /** Called once, when the call has become Complete, Error or Timed Out. */
  readonly onEnd: (call: Call) => void;
}

export interface CallBook {
  startInvocation(start: InvocationStart): Invocation;
  /** Resolves when the broker has the message, or when the failure is written into the invocation. */
  send(invocation: Invocation, start: CallStart): Promise<void>;
  takeReply(message: BrokerMessage): void;
  /** By its own id or by that of one of its calls. */
  findInvocation(id: number): Invocation | undefined;
  /** Writes down what went wrong where no reply says it. */
  fail(invocation: Invocation, failure: string): void;
  /** The rule that caused the message with this token; null when none did; undefined when the token is not known. */
  findRuleOfToken(token: string): number | null | undefined;
  /** Newest last. */
  listInvocations(): Iterable<Invocation>;
  /** Counts of what was forgotten because there was too much of it. */
  forgotten(): InvocationTally;
  /** Replies whose correlation-id named no call. */
  unknownReplyCount(): number;
  /** Forgets all invocations; numbers go on. */
  clear(): void;
  close(): void;
}

export interface CallBookOptions {
  readonly broker: BrokerPort;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The number of the first `invid:N`. */
  readonly firstId: number;
  /** Invocations that are kept; 200,000 unless given. */
  readonly remembered?: number | undefined;
  /** Called after each change of an invocation or of its calls. */
  readonly onChange?: ((invocation: Invocation) => void) | undefined;
}

interface OpenCall {
  readonly call: Call;
  readonly invocation: Invocation;
  readonly onEnd: (call: Call) => void;
  timer: { cancel(): void } | null;
}

/** Kept invocations unless told otherwise; the oldest are forgotten beyond it, so that a simulator may run for weeks. */
const defaultRemembered = 200_000;

export function createCallBook({
  broker,
  clock,
  ids,
  firstId,
  remembered = defaultRemembered,
  onChange = () => undefined,
}: CallBookOptions): CallBook {
  const invocations = new Map<number, Invocation>();
  const calls = new Map<number, OpenCall>();
  const rulesByToken = new Map<string, number | null>();
  let nextId = firstId;
  let forgotten = emptyTally();
  let unknownReplies = 0;
  let isClosed = false;

  function now(): string {
    return new Date(clock.now()).toISOString();
  }

  function startInvocation(start: InvocationStart): Invocation {
    const invocation: Invocation = { ...start, id: nextId, startedAt: now(), calls: [], openBranches: 0, failure: null };
    nextId += 1;
    invocations.set(invocation.id, invocation);
    if (invocations.size > remembered) forgetOldest();
    return invocation;
  }

  function forgetOldest(): void {
    const [oldest] = invocations.values();
    if (oldest === undefined) return;
    invocations.delete(oldest.id);
    addToTally(forgotten, oldest);
    for (const call of oldest.calls) {
      calls.get(call.id)?.timer?.cancel();
      calls.delete(call.id);
      rulesByToken.delete(call.contextToken);
    }
  }

  async function send(invocation: Invocation, start: CallStart): Promise<void> {
    const isFirst = invocation.calls.length === 0;
    const id = isFirst ? invocation.id : nextId;
    if (!isFirst) nextId += 1;
    const destination = `actions.${invocation.orgId}.${start.queue}`;
    const call: Call = {
      id,
      type: start.type,
      name: start.name,
      functionName: start.functionName,
      destination,
      contextToken: ids.token(),
      sentAt: now(),
      status: 'Pending',
      information: '',
      completedAt: null,
      completingReplies: 0,
      replies: [],
      result: undefined,
    };
    invocation.calls.push(call);
    const open: OpenCall = { call, invocation, onEnd: start.onEnd, timer: null };
    calls.set(id, open);
    rulesByToken.set(call.contextToken, invocation.ruleId);
    onChange(invocation);
    if (start.expectsReply)
      open.timer = clock.startTimer(start.timeoutMs, () => end(open, 'Timed Out', 'No completing reply came in time.'));
    try {
      await broker.publish({
        destination,
        headers: {
          'reply-to': `/queue/acks.${invocation.orgId}.${start.queue}`,
          'correlation-id': `invid:${id}`,
          Co3ContextToken: call.contextToken,
          Co3MessagePayload: 'ActionDataDTO',
          Co3ContentType: 'application/json',
        },
        body: new TextEncoder().encode(JSON.stringify(start.body)),
      });
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      invocation.failure = `The message could not be put on ${destination}: ${reason}`;
      end(open, 'Error', invocation.failure);
      return;
    }
    if (!start.expectsReply) end(open, 'Complete', 'Sent; no reply is expected.');
  }

  function end(open: OpenCall, status: Call['status'], information: string): void {
    const { call, invocation } = open;
    if (call.status !== 'Pending' || isClosed) return;
    call.status = status;
    call.information = information;
    call.completedAt = now();
    open.timer?.cancel();
    open.timer = null;
    open.onEnd(call);
    onChange(invocation);
  }

  function takeReply(message: BrokerMessage): void {
    const id = parseCorrelationId(message.headers);
    const open = id === undefined ? undefined : calls.get(id);
    if (open === undefined) {
      unknownReplies += 1;
      return;
    }
    const { call } = open;
    // The broker delivers a reply again when its settlement was lost; the client has sent it only once.
    if (call.replies.some((earlier) => earlier.messageId === message.messageId)) return;
    const reply = parseReply(message, clock.now());
    call.replies.push(reply);
    if (reply.complete) takeCompleting(open, reply);
    else if (call.status === 'Pending') call.information = reply.message;
    onChange(open.invocation);
  }

  function takeCompleting(open: OpenCall, reply: Reply): void {
    const { call } = open;
    call.completingReplies += 1;
    if (call.completingReplies > 1) return;
    if (call.status === 'Pending') {
      call.result = reply.results;
      end(open, reply.messageType === 1 ? 'Error' : 'Complete', reply.message);
    } else if (call.status === 'Complete') {
      takeUnexpected(call, reply);
    }
  }

  /** A destination without acknowledgements may still report; the screen shows it as an expected one. */
  function takeUnexpected(call: Call, reply: Reply): void {
    call.result = reply.results;
    call.information = reply.message;
    if (reply.messageType === 1) call.status = 'Error';
  }

  return {
    startInvocation,
    send,
    takeReply,
    findInvocation: (id) => invocations.get(id) ?? calls.get(id)?.invocation,
    fail(invocation, failure) {
      invocation.failure = failure;
      onChange(invocation);
    },
    findRuleOfToken: (token) => rulesByToken.get(token),
    listInvocations: () => invocations.values(),
    unknownReplyCount: () => unknownReplies,
    forgotten: () => forgotten,
    clear() {
      for (const open of calls.values()) open.timer?.cancel();
      invocations.clear();
      calls.clear();
      rulesByToken.clear();
      forgotten = emptyTally();
      unknownReplies = 0;
    },
    close() {
      isClosed = true;
      for (const open of calls.values()) open.timer?.cancel();
    },
  };
}
