import type { ActionState, ActionStatusRow } from '@wirebook/api';
import type { Call, InvocationLog, InvocationView, Reply } from '@wirebook/simulator';

export interface ActionStatusFilter {
  readonly orgId: number;
  readonly incidentId: number | undefined;
  readonly status: ActionState | undefined;
}

/** Rows in one answer; the screen shows the newest. */
const maxRows = 500;

/** One row a call, newest first. */
export function listActionStatus(invocations: InvocationLog, { orgId, incidentId, status }: ActionStatusFilter): ActionStatusRow[] {
  return invocations
    .list({ org: orgId, incident: incidentId, anyStatus: status, limit: maxRows })
    .reverse()
    .flatMap((invocation) => toRows(invocation).reverse())
    .filter((row) => status === undefined || row.status === status)
    .slice(0, maxRows);
}

function toRows(invocation: InvocationView): ActionStatusRow[] {
  const { failure, calls } = invocation;
  const rows = calls.map((call) => toRow(invocation, call));
  const last = rows.at(-1);
  if (failure === null || last?.information === failure) return rows;
  // No reply says it: nothing could be sent, or the answer of the last call could not be written.
  const failed = { status: 'Error', information: failure } as const;
  return last === undefined ? [{ ...toEmptyRow(invocation), ...failed }] : [...rows.slice(0, -1), { ...last, ...failed }];
}

function toEmptyRow({ id, incident, user, name, kind, startedAt }: InvocationView): Omit<ActionStatusRow, 'status' | 'information'> {
  return {
    id,
    invocationId: id,
    incidentId: incident,
    type: kind === 'rule' ? 'Rule' : 'Workflow - Function',
    user,
    name,
    functionName: kind === 'function' ? name : null,
    atMs: Date.parse(startedAt),
    messages: [],
    result: null,
  };
}

function toRow(invocation: InvocationView, call: Omit<Call, 'contextToken'>): ActionStatusRow {
  return {
    ...toEmptyRow(invocation),
    id: call.id,
    status: call.status,
    type: call.type,
    name: call.name,
    functionName: call.functionName,
    information: call.information,
    atMs: Date.parse(call.completedAt ?? call.sentAt),
    messages: call.replies.map(toMessage),
    result: call.result ?? null,
  };
}

function toMessage({ receivedAt, message, messageType, complete }: Reply): ActionStatusRow['messages'][number] {
  const kind = messageType === 1 ? 'error' : messageType === 2 ? 'warning' : 'information';
  return { atMs: Date.parse(receivedAt), text: message, kind, isCompleting: complete };
}
