import type { JsonValue } from '../json-value.ts';

export type InvocationStatus = 'Pending' | 'Complete' | 'Error' | 'Timed Out';

/** One reply as it arrived. */
export interface Reply {
  readonly messageId: string;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  /** 0 information, 1 error, 2 warning. */
  readonly messageType: number;
  readonly message: string;
  readonly complete: boolean;
  /** Absent when the reply carried none. */
  readonly results?: JsonValue;
  readonly format: 'json' | 'text';
  /** Of the raw body, so that repeats can be compared byte by byte. */
  readonly bodySha256: string;
  readonly sizeBytes: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** One message that was put on a queue, with everything that came back. Its id is the number in `invid:N`. */
export interface Call {
  readonly id: number;
  readonly type: 'Rule' | 'Workflow - Function';
  /** Rule or workflow name, as Action Status lists it. */
  readonly name: string;
  readonly functionName: string | null;
  readonly destination: string;
  readonly contextToken: string;
  readonly sentAt: string;
  status: InvocationStatus;
  information: string;
  completedAt: string | null;
  /** How many replies with `complete: true` came; more than one is a client's fault. */
  completingReplies: number;
  readonly replies: Reply[];
  result: JsonValue | undefined;
}

/** One firing of a rule or function, with its calls in the order they were sent. */
export interface Invocation {
  readonly id: number;
  readonly orgId: number;
  readonly kind: 'rule' | 'function';
  readonly name: string;
  readonly user: string;
  readonly ruleId: number | null;
  readonly incidentId: number | null;
  readonly startedAt: string;
  readonly calls: Call[];
  /** Ways through the invocation that have not ended: destinations that wait for a reply, workflows that run. */
  openBranches: number;
  /** A failure that is no reply: the broker could not be reached, a result could not be written. */
  failure: string | null;
}

export function invocationStatus(invocation: Invocation): InvocationStatus {
  const statuses = invocation.calls.map((call) => call.status);
  if (invocation.failure !== null || statuses.includes('Error')) return 'Error';
  if (statuses.includes('Timed Out')) return 'Timed Out';
  return invocation.openBranches > 0 || statuses.includes('Pending') ? 'Pending' : 'Complete';
}

/** The invocation as the control port answers it: plain data. */
export interface InvocationView {
  readonly id: number;
  readonly org: number;
  readonly kind: 'rule' | 'function';
  readonly name: string;
  readonly user: string;
  readonly incident: number | null;
  readonly status: InvocationStatus;
  /** Text of the last reply, or what went wrong. */
  readonly information: string;
  /** What went wrong that no reply says; null when nothing did. */
  readonly failure: string | null;
  readonly startedAt: string;
  readonly completedAt: string | null;
  /** All replies of all calls, in the order they arrived. */
  readonly replies: readonly Reply[];
  readonly completingReplies: number;
  /** What the last call that had a result gave; null when none had. */
  readonly result: JsonValue;
  readonly calls: readonly Omit<Call, 'contextToken'>[];
}

export function toInvocationView(invocation: Invocation): InvocationView {
  const { calls } = invocation;
  const status = invocationStatus(invocation);
  const replies = calls.flatMap((call) => call.replies).sort((left, right) => left.receivedAt.localeCompare(right.receivedAt));
  const last = calls.at(-1);
  return {
    id: invocation.id,
    org: invocation.orgId,
    kind: invocation.kind,
    name: invocation.name,
    user: invocation.user,
    incident: invocation.incidentId,
    status,
    information: invocation.failure ?? last?.information ?? '',
    failure: invocation.failure,
    startedAt: invocation.startedAt,
    completedAt: status === 'Pending' ? null : (last?.completedAt ?? invocation.startedAt),
    replies,
    completingReplies: calls.reduce((sum, call) => sum + call.completingReplies, 0),
    result: calls.findLast((call) => call.result !== undefined)?.result ?? null,
    calls: calls.map(({ contextToken: _secret, ...rest }) => rest),
  };
}

/** One line of the screen Action Status. */
export interface ActionStatusLine {
  readonly status: InvocationStatus;
  readonly type: string;
  readonly user: string;
  readonly name: string;
  readonly information: string;
  readonly date: string;
}

export function toActionStatusLines(invocation: Invocation): ActionStatusLine[] {
  return invocation.calls.map((call) => ({
    status: call.status,
    type: call.type,
    user: invocation.user,
    name: call.name,
    information: call.information,
    date: call.completedAt ?? call.sentAt,
  }));
}
