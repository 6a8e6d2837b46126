import type { JSONSchema } from 'json-schema-to-ts';
import {
  type CheckFlowBody,
  checkFlowSchema,
  type FlowChecked,
  type PreviewValueBody,
  previewValueSchema,
  type RecordedMessageView,
  type ValuePreview,
} from './checks.ts';
import type { ConnectionsView, ConnectionTested, EngineView } from './connections.ts';
import {
  type ActionStatusView,
  type ConsoleIncidentsView,
  type ConsoleIncidentView,
  type RunConsoleActionBody,
  runConsoleActionSchema,
} from './console.ts';
import { type DeadLetterPage, type GiveBackDeadLetterBody, giveBackDeadLetterSchema } from './dead-letters.ts';
import {
  type DeployBody,
  type DeploymentsView,
  type DeployPreview,
  deploySchema,
  type PreviewDeploymentBody,
  previewDeploymentSchema,
  type SwitchDebugBody,
  switchDebugSchema,
} from './deployments.ts';
import {
  type DraftView,
  type LeaseAnswer,
  type SaveChangesAnswer,
  type SaveChangesBody,
  type SaveVersionBody,
  type SideDraftView,
  saveChangesSchema,
  saveVersionSchema,
  type TakeLeaseBody,
  takeLeaseSchema,
  type VersionSummary,
  type VersionView,
} from './drafts.ts';
import { type CreateFlowBody, createFlowSchema, type FlowSummary, type FlowsView, type RenameFlowBody, renameFlowSchema } from './flows.ts';
import type { HealthView } from './health.ts';
import { type InjectMessageBody, injectMessageSchema } from './inject.ts';
import type { NodeTypesView } from './node-types.ts';
import type { Permission } from './permissions.ts';
import type { PlatformView } from './platform-view.ts';
import {
  type AnswerPoisonBody,
  answerPoisonSchema,
  type FileAnswer,
  type ListPoisonQuery,
  type PoisonDetail,
  type PoisonPage,
} from './poison.ts';
import type { ListRunsQuery, RunDetail, RunsPage, StoredValue, ValueAddress } from './runs.ts';
import {
  type AddUserBody,
  addUserSchema,
  type ChangeUserBody,
  changeUserSchema,
  type SessionView,
  type SetPasswordBody,
  type SignInBody,
  type SignInByLinkBody,
  setPasswordSchema,
  signInByLinkSchema,
  signInSchema,
  type UserAdded,
  type UserView,
} from './session.ts';

export interface RouteDeclaration {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Segments with `:` are parameters. */
  readonly path: `/api/${string}`;
  readonly permission: Permission;
  /** Null: the request has no body. */
  readonly body: JSONSchema | null;
}

/** Every route of the server. What is not declared here does not exist. */
export const routes = {
  getSession: { method: 'GET', path: '/api/session', permission: 'public', body: null },
  signIn: { method: 'POST', path: '/api/session', permission: 'public', body: signInSchema },
  signInByLink: { method: 'POST', path: '/api/session/link', permission: 'public', body: signInByLinkSchema },
  signOut: { method: 'DELETE', path: '/api/session', permission: 'signed-in', body: null },
  setPassword: { method: 'PUT', path: '/api/session/password', permission: 'signed-in', body: setPasswordSchema },

  listUsers: { method: 'GET', path: '/api/users', permission: 'user.manage', body: null },
  addUser: { method: 'POST', path: '/api/users', permission: 'user.manage', body: addUserSchema },
  changeUser: { method: 'PATCH', path: '/api/users/:userId', permission: 'user.manage', body: changeUserSchema },
  removeUser: { method: 'DELETE', path: '/api/users/:userId', permission: 'user.manage', body: null },

  listNodeTypes: { method: 'GET', path: '/api/node-types', permission: 'flow.read', body: null },

  listFlows: { method: 'GET', path: '/api/flows', permission: 'flow.read', body: null },
  createFlow: { method: 'POST', path: '/api/flows', permission: 'flow.write', body: createFlowSchema },
  renameFlow: { method: 'PATCH', path: '/api/flows/:flowId', permission: 'flow.write', body: renameFlowSchema },
  duplicateFlow: { method: 'POST', path: '/api/flows/:flowId/duplicate', permission: 'flow.write', body: renameFlowSchema },
  deleteFlow: { method: 'DELETE', path: '/api/flows/:flowId', permission: 'flow.write', body: null },

  getDraft: { method: 'GET', path: '/api/flows/:flowId/draft', permission: 'flow.read', body: null },
  takeLease: { method: 'POST', path: '/api/flows/:flowId/lease', permission: 'flow.write', body: takeLeaseSchema },
  giveUpLease: { method: 'DELETE', path: '/api/flows/:flowId/lease/:leaseId', permission: 'flow.write', body: null },
  saveChanges: { method: 'POST', path: '/api/flows/:flowId/changes', permission: 'flow.write', body: saveChangesSchema },
  getSideDraft: { method: 'GET', path: '/api/flows/:flowId/side-drafts/:sideDraftId', permission: 'flow.read', body: null },
  deleteSideDraft: { method: 'DELETE', path: '/api/flows/:flowId/side-drafts/:sideDraftId', permission: 'flow.write', body: null },

  listVersions: { method: 'GET', path: '/api/flows/:flowId/versions', permission: 'flow.read', body: null },
  getVersion: { method: 'GET', path: '/api/flows/:flowId/versions/:number', permission: 'flow.read', body: null },
  saveVersion: { method: 'POST', path: '/api/flows/:flowId/versions', permission: 'flow.write', body: saveVersionSchema },

  checkFlow: { method: 'POST', path: '/api/checks/flow', permission: 'flow.read', body: checkFlowSchema },
  previewValue: { method: 'POST', path: '/api/checks/value', permission: 'flow.read', body: previewValueSchema },
  getRecordedMessage: { method: 'GET', path: '/api/flows/:flowId/nodes/:nodeId/recorded', permission: 'run.read', body: null },

  listDeployments: { method: 'GET', path: '/api/deployments', permission: 'flow.read', body: null },
  previewDeployment: { method: 'POST', path: '/api/deployments/preview', permission: 'flow.read', body: previewDeploymentSchema },
  deploy: { method: 'POST', path: '/api/deployments', permission: 'flow.deploy', body: deploySchema },
  undeploy: { method: 'DELETE', path: '/api/deployments/:flowId', permission: 'flow.deploy', body: null },
  switchDebug: { method: 'PUT', path: '/api/flows/:flowId/nodes/:nodeId/debug', permission: 'flow.deploy', body: switchDebugSchema },

  injectMessage: { method: 'POST', path: '/api/flows/:flowId/nodes/:nodeId/inject', permission: 'run.execute', body: injectMessageSchema },

  listRuns: { method: 'GET', path: '/api/runs', permission: 'run.read', body: null },
  getRun: { method: 'GET', path: '/api/runs/:runId', permission: 'run.read', body: null },
  getRunValue: { method: 'GET', path: '/api/runs/:runId/value', permission: 'run.read', body: null },
  stopRun: { method: 'POST', path: '/api/runs/:runId/stop', permission: 'run.execute', body: null },

  listConnections: { method: 'GET', path: '/api/connections', permission: 'connection.read', body: null },
  testConnection: { method: 'POST', path: '/api/connections/:name/test', permission: 'connection.test', body: null },
  getPlatform: { method: 'GET', path: '/api/platform', permission: 'flow.read', body: null },
  refreshPlatform: { method: 'POST', path: '/api/platform/refresh', permission: 'flow.read', body: null },
  getEngine: { method: 'GET', path: '/api/engine', permission: 'flow.read', body: null },
  getHealth: { method: 'GET', path: '/api/health', permission: 'signed-in', body: null },

  listPoison: { method: 'GET', path: '/api/poison', permission: 'poison.read', body: null },
  getPoison: { method: 'GET', path: '/api/poison/:poisonId', permission: 'poison.read', body: null },
  getPoisonBody: { method: 'GET', path: '/api/poison/:poisonId/body', permission: 'poison.read', body: null },
  dropPoison: { method: 'DELETE', path: '/api/poison/:poisonId', permission: 'poison.operate', body: null },
  answerPoison: { method: 'POST', path: '/api/poison/:poisonId/answer', permission: 'poison.operate', body: answerPoisonSchema },
  runPoisonAgain: { method: 'POST', path: '/api/poison/:poisonId/run', permission: 'poison.operate', body: null },
  listDeadLetters: { method: 'GET', path: '/api/dead-letters', permission: 'poison.read', body: null },
  giveBackDeadLetter: { method: 'POST', path: '/api/dead-letters/return', permission: 'poison.operate', body: giveBackDeadLetterSchema },

  listConsoleIncidents: { method: 'GET', path: '/api/console/incidents', permission: 'console.use', body: null },
  getConsoleIncident: { method: 'GET', path: '/api/console/incidents/:incidentId', permission: 'console.use', body: null },
  runConsoleAction: { method: 'POST', path: '/api/console/actions', permission: 'console.use', body: runConsoleActionSchema },
  getActionStatus: { method: 'GET', path: '/api/console/action-status', permission: 'console.use', body: null },
} as const satisfies Record<string, RouteDeclaration>;

export type RouteName = keyof typeof routes;

/** Nothing is answered: status 204. */
type Nothing = undefined;

/** What a route takes and answers. `query` is the search part of the address. */
export interface RouteTypes {
  getSession: { answer: SessionView };
  signIn: { body: SignInBody; answer: SessionView };
  signInByLink: { body: SignInByLinkBody; answer: SessionView };
  signOut: { answer: Nothing };
  setPassword: { body: SetPasswordBody; answer: Nothing };
  listUsers: { answer: { readonly users: readonly UserView[] } };
  addUser: { body: AddUserBody; answer: UserAdded };
  changeUser: { params: { userId: string }; body: ChangeUserBody; answer: UserView };
  removeUser: { params: { userId: string }; answer: Nothing };
  listNodeTypes: { answer: NodeTypesView };
  listFlows: { answer: FlowsView };
  createFlow: { body: CreateFlowBody; answer: FlowSummary };
  renameFlow: { params: { flowId: string }; body: RenameFlowBody; answer: FlowSummary };
  duplicateFlow: { params: { flowId: string }; body: RenameFlowBody; answer: FlowSummary };
  deleteFlow: { params: { flowId: string }; answer: Nothing };
  getDraft: { params: { flowId: string }; answer: DraftView };
  takeLease: { params: { flowId: string }; body: TakeLeaseBody; answer: LeaseAnswer };
  giveUpLease: { params: { flowId: string; leaseId: string }; answer: Nothing };
  saveChanges: { params: { flowId: string }; body: SaveChangesBody; answer: SaveChangesAnswer };
  getSideDraft: { params: { flowId: string; sideDraftId: string }; answer: SideDraftView };
  deleteSideDraft: { params: { flowId: string; sideDraftId: string }; answer: Nothing };
  listVersions: { params: { flowId: string }; answer: { readonly versions: readonly VersionSummary[] } };
  getVersion: { params: { flowId: string; number: string }; answer: VersionView };
  saveVersion: { params: { flowId: string }; body: SaveVersionBody; answer: VersionSummary };
  checkFlow: { body: CheckFlowBody; answer: FlowChecked };
  previewValue: { body: PreviewValueBody; answer: ValuePreview };
  getRecordedMessage: { params: { flowId: string; nodeId: string }; answer: { readonly recorded: RecordedMessageView | null } };
  listDeployments: { answer: DeploymentsView };
  previewDeployment: { body: PreviewDeploymentBody; answer: DeployPreview };
  deploy: { body: DeployBody; answer: DeploymentsView };
  undeploy: { params: { flowId: string }; answer: DeploymentsView };
  switchDebug: {
    params: { flowId: string; nodeId: string };
    body: SwitchDebugBody;
    answer: { readonly debugSwitches: Readonly<Record<string, boolean>> };
  };
  injectMessage: { params: { flowId: string; nodeId: string }; body: InjectMessageBody; answer: { readonly runId: string } };
  listRuns: { query: ListRunsQuery; answer: RunsPage };
  getRun: { params: { runId: string }; answer: RunDetail };
  getRunValue: { params: { runId: string }; query: ValueAddress; answer: StoredValue };
  stopRun: { params: { runId: string }; answer: Nothing };
  listConnections: { answer: ConnectionsView };
  testConnection: { params: { name: string }; answer: ConnectionTested };
  getPlatform: { answer: PlatformView };
  refreshPlatform: { answer: PlatformView };
  getEngine: { answer: EngineView };
  getHealth: { answer: HealthView };
  listPoison: { query: ListPoisonQuery; answer: PoisonPage };
  getPoison: { params: { poisonId: string }; answer: PoisonDetail };
  getPoisonBody: { params: { poisonId: string }; answer: FileAnswer };
  dropPoison: { params: { poisonId: string }; answer: Nothing };
  answerPoison: { params: { poisonId: string }; body: AnswerPoisonBody; answer: Nothing };
  runPoisonAgain: { params: { poisonId: string }; answer: Nothing };
  listDeadLetters: { answer: DeadLetterPage };
  giveBackDeadLetter: { body: GiveBackDeadLetterBody; answer: { readonly destination: string } };
  listConsoleIncidents: { answer: ConsoleIncidentsView };
  getConsoleIncident: { params: { incidentId: string }; answer: ConsoleIncidentView };
  runConsoleAction: { body: RunConsoleActionBody; answer: { readonly invocationId: number } };
  getActionStatus: { query: { readonly incidentId?: string; readonly status?: string }; answer: ActionStatusView };
}

/** Body of every answer with a status of 400 or more. */
export interface ErrorAnswer {
  readonly error: {
    readonly code: string;
    /** What, where, and what to do. */
    readonly message: string;
    readonly hint: string;
  };
}
