import type { FlowChange } from '@wirebook/flow';
import type { JSONSchema } from 'json-schema-to-ts';
import type { ConnectionsView, EngineView } from './connections.ts';
import type { DeploymentsView } from './deployments.ts';
import type { LeaseView } from './drafts.ts';
import type { Permission } from './permissions.ts';
import type { DebugLine, NodeActivity, RunRow } from './runs.ts';

export interface SocketEventDeclaration {
  readonly permission: Permission;
  readonly body: JSONSchema;
}

const flowOnly = {
  type: 'object',
  additionalProperties: false,
  required: ['flowId'],
  properties: { flowId: { type: 'string', minLength: 1, maxLength: 100 } },
} as const satisfies JSONSchema;

const runOnly = {
  type: 'object',
  additionalProperties: false,
  required: ['runId'],
  properties: { runId: { type: 'string', minLength: 1, maxLength: 100 } },
} as const satisfies JSONSchema;

const nothing = { type: 'object', additionalProperties: false, properties: {} } as const satisfies JSONSchema;

/**
 * What a browser may send, each with one body and an acknowledgement {@link SocketAnswer}. Rooms are left by the same name with
 * `unwatch`. What is not declared here is refused.
 */
export const socketEvents = {
  'flow:watch': { permission: 'flow.read', body: flowOnly },
  'flow:unwatch': { permission: 'flow.read', body: flowOnly },
  /** `after`: the last `seq` that the browser has, so that a reconnect goes on where it was. */
  'runs:watch': {
    permission: 'run.read',
    body: {
      type: 'object',
      additionalProperties: false,
      properties: { after: { type: 'integer', minimum: 0 }, bootId: { type: 'string', maxLength: 64 } },
    },
  },
  'runs:unwatch': { permission: 'run.read', body: nothing },
  'run:watch': { permission: 'run.read', body: runOnly },
  'run:unwatch': { permission: 'run.read', body: runOnly },
  'console:watch': { permission: 'console.use', body: nothing },
  'console:unwatch': { permission: 'console.use', body: nothing },
  /** Every 10 s while the tab writes; a lease that is not kept ends after 30 s. */
  'lease:keep': {
    permission: 'flow.write',
    body: {
      type: 'object',
      additionalProperties: false,
      required: ['flowId', 'leaseId'],
      properties: { flowId: { type: 'string', maxLength: 100 }, leaseId: { type: 'string', maxLength: 64 } },
    },
  },
} as const satisfies Record<string, SocketEventDeclaration>;
export type SocketEventName = keyof typeof socketEvents;

export type SocketAnswer = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string };

/**
 * Live runs, at most 10 a second to one browser. The server keeps a ring of the newest rows; what fell out of it before this browser
 * could be sent is counted in `dropped`, and is in the store.
 */
export interface RunsBatch {
  /** Changes with each start of the server: a `seq` of another boot means nothing. */
  readonly bootId: string;
  /** Of the newest row in the batch. */
  readonly seq: number;
  /** One row a run, its newest state. */
  readonly rows: readonly RunRow[];
  readonly lines: readonly DebugLine[];
  /** Rows and lines since the batch before that this browser will not be sent. */
  readonly dropped: { readonly rows: number; readonly lines: number };
}

/** What the server sends. */
export interface ServerEvents {
  /** The draft of a watched flow was changed by another tab. */
  'draft:changed': {
    readonly flowId: string;
    readonly revision: number;
    readonly changes: readonly FlowChange[];
    readonly clientId: string;
    readonly savedBy: string;
    readonly savedAtMs: number;
  };
  'lease:changed': { readonly flowId: string; readonly lease: Omit<LeaseView, 'leaseId'> | null };
  /** Flows were made, renamed, deleted or deployed: lists are to be asked for again. */
  'flows:changed': { readonly flowIds: readonly string[] };
  'deployments:changed': DeploymentsView;
  /** To watchers of the flow: nodes that did something, at most 10 times a second. */
  'flow:activity': {
    readonly flowId: string;
    readonly nodes: readonly NodeActivity[];
    readonly debugSwitches: Readonly<Record<string, boolean>>;
  };
  'runs:batch': RunsBatch;
  /** To watchers of the run: it has more events; ask for it again. */
  'run:changed': { readonly runId: string; readonly status: RunRow['status'] };
  'engine:changed': EngineView;
  'connections:changed': ConnectionsView;
  /** Something changed in the simulated platform. */
  'console:changed': { readonly incidentIds: readonly number[]; readonly isActionStatusChanged: boolean };
  /** The session ended: sign in again. */
  'session:ended': Record<string, never>;
}
export type ServerEventName = keyof ServerEvents;
