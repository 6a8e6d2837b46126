import type { ActionModule } from './action-module.ts';
import type { FireRequest } from './fire-request.ts';
import {
  type ActionStatusLine,
  type Invocation,
  type InvocationStatus,
  type InvocationView,
  invocationStatus,
  toActionStatusLines,
  toInvocationView,
} from './invocation.ts';
import { addToTally } from './invocation-tally.ts';

/** Counts over all invocations, those included that are forgotten since. */
export interface InvocationSummary {
  readonly total: number;
  readonly byStatus: Readonly<Record<InvocationStatus, number>>;
  /** How many calls got no, one, or several completing replies. */
  readonly callsByCompletingReplies: { readonly none: number; readonly one: number; readonly several: number };
  /** Replies whose correlation-id named no call. */
  readonly unknownReplies: number;
}

export interface InvocationFilter {
  readonly status?: InvocationStatus | undefined;
  readonly org?: number | undefined;
  readonly incident?: number | undefined;
  /** One of its calls has it, or the whole. */
  readonly anyStatus?: InvocationStatus | undefined;
  /** The newest so many; 100 unless given. */
  readonly limit?: number | undefined;
}

/** What tests and the control port do with invocations. */
export interface InvocationLog {
  /**
   * @returns the id, once the first message is with the broker.
   * @throws WirebookError SIMULATOR_REQUEST_INVALID or SIMULATOR_REST_REFUSED, as the action module says.
   */
  fire(request: FireRequest): Promise<number>;
  /** By its id or by the number of one of its messages. */
  find(id: number): InvocationView | undefined;
  list(filter?: InvocationFilter): InvocationView[];
  /** The lines of the screen Action Status, newest first. */
  actionStatus(filter?: InvocationFilter): ActionStatusLine[];
  summary(): InvocationSummary;
}

export function createInvocationLog(actions: ActionModule): InvocationLog {
  const { book } = actions;

  function select({ limit = 100, ...filter }: InvocationFilter = {}): Invocation[] {
    return [...book.listInvocations()].filter((invocation) => passes(invocation, filter)).slice(-limit);
  }

  return {
    fire: async (request) => (await actions.fire(request)).id,
    find(id) {
      const invocation = book.findInvocation(id);
      return invocation === undefined ? undefined : toInvocationView(invocation);
    },
    list: (filter) => select(filter).map(toInvocationView),
    actionStatus: (filter) => select(filter).reverse().flatMap(toActionStatusLines),
    summary() {
      const tally = structuredClone(book.forgotten());
      for (const invocation of book.listInvocations()) addToTally(tally, invocation);
      return { ...tally, unknownReplies: book.unknownReplyCount() };
    },
  };
}

function passes(invocation: Invocation, { status, anyStatus, org, incident }: InvocationFilter): boolean {
  if (org !== undefined && invocation.orgId !== org) return false;
  if (incident !== undefined && invocation.incidentId !== incident) return false;
  if (status !== undefined && invocationStatus(invocation) !== status) return false;
  if (anyStatus === undefined) return true;
  return invocationStatus(invocation) === anyStatus || invocation.calls.some((call) => call.status === anyStatus);
}
