import type { JsonObject } from '@wirebook/errors';
import type { InvocationView, OutgoingMessage, Simulator } from '@wirebook/simulator';
import { waitForEnd } from '../harness/invocations.ts';

/** Function on a destination that no engine of these scenarios serves: its invocations stay pending. */
const unservedFunction = 'wait_for_a_reply';

/** Adds what {@link openReplyDesk} needs to the demonstration organisation. */
export async function addUnservedFunction(simulator: Simulator): Promise<void> {
  await simulator.addContent(simulator.orgId, {
    destinations: [{ name: 'Nobody', programmaticName: 'nobody', expectAck: true }],
    functions: [{ name: unservedFunction, displayName: 'Wait', description: 'Waits.', destination: 'nobody', inputs: [] }],
  });
}

export interface ReplyDesk {
  /** Replies that carry it are shown by `view`. */
  readonly correlationId: string;
  /** The invocation with the replies so far. */
  view(): InvocationView;
  /** The invocation when it has its completing reply. */
  ended(): Promise<InvocationView>;
}

/** A pending invocation whose correlation-id a hand-made message can borrow, so that what is replied to it can be seen. */
export async function openReplyDesk(simulator: Simulator): Promise<ReplyDesk> {
  const id = await simulator.invocations.fire({ function: unservedFunction });
  return {
    correlationId: `invid:${id}`,
    view: () => {
      const view = simulator.invocations.find(id);
      if (view === undefined) throw new Error(`the simulator has forgotten invocation ${id}`);
      return view;
    },
    ended: () => waitForEnd(simulator, id),
  };
}

/** The headers of the platform; null takes one out. */
export function messageHeaders(correlationId: string, changes: Readonly<Record<string, string | null>> = {}): Record<string, string> {
  const headers = {
    'reply-to': '/queue/acks.201.fn_models',
    'correlation-id': correlationId,
    Co3ContextToken: 'a-token-of-nobody',
    Co3MessagePayload: 'ActionDataDTO',
    Co3ContentType: 'application/json',
    ...changes,
  };
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** A message for the queue of the function `lookup_model_by_id`. */
export function toModelQueue(headers: Readonly<Record<string, string>>, body: string | Uint8Array): OutgoingMessage {
  return { destination: 'actions.201.fn_models', headers, body: typeof body === 'string' ? new TextEncoder().encode(body) : body };
}

/** The body of a function call, as JSON text. */
export function functionCall(inputs: JsonObject, name = 'lookup_model_by_id'): string {
  return JSON.stringify({
    function: { id: 1, name, display_name: name },
    groups: [],
    inputs,
    playbook_instance: null,
    workflow: null,
    workflow_instance: { workflow_instance_id: 1 },
  });
}
