/** What a destination of the platform carries. `other`: three parts, but a first one that this client does not know. */
export type DestinationKind = 'actions' | 'inbound_destinations' | 'connectors' | 'acks' | 'other';

export interface Destination {
  readonly kind: DestinationKind;
  /** Null where the organisation is not a number (`*` of a multi-tenant subscription). */
  readonly orgId: number | null;
  /** Programmatic name; it may contain dots. */
  readonly name: string;
}

const knownKinds: ReadonlySet<string> = new Set(['actions', 'inbound_destinations', 'connectors', 'acks'] satisfies DestinationKind[]);

/**
 * Reads `actions.201.fn_main`, with or without `/queue/` or `/topic/` before it.
 *
 * @returns undefined when it is not of three parts.
 */
export function parseDestination(text: string): Destination | undefined {
  const match = /^(?:\/[^/]+\/)?([^./]+)\.([^.]+)\.(.+)$/.exec(text);
  if (match === null) return undefined;
  const [, kind = '', org = '', name = ''] = match;
  return { kind: isDestinationKind(kind) ? kind : 'other', orgId: /^\d+$/.test(org) ? Number(org) : null, name };
}

/** The name under which a queue is subscribed and compared: without `/queue/`. Topics keep their prefix, for they are something else. */
export function getQueueName(destination: string): string {
  return destination.startsWith('/queue/') ? destination.slice('/queue/'.length) : destination;
}

function isDestinationKind(text: string): text is Exclude<DestinationKind, 'other'> {
  return knownKinds.has(text);
}
