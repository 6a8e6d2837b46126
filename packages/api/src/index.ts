export {
  type CheckFlowBody,
  checkFlowSchema,
  type FlowChecked,
  type PreviewValueBody,
  previewValueSchema,
  type RecordedMessageView,
  type ValuePreview,
} from './checks.ts';
export type {
  ConnectionsView,
  ConnectionTested,
  ConnectionTestStep,
  ConnectionView,
  EngineView,
  LinkState,
  LinkStatus,
} from './connections.ts';
export {
  type ActionState,
  type ActionStatusRow,
  type ActionStatusView,
  type ConsoleAction,
  type ConsoleField,
  type ConsoleIncidentSummary,
  type ConsoleIncidentsView,
  type ConsoleIncidentView,
  type ConsoleObject,
  type ConsoleTable,
  type RunConsoleActionBody,
  runConsoleActionSchema,
} from './console.ts';
export type { DeadLetterPage, DeadLetterView, GiveBackDeadLetterBody } from './dead-letters.ts';
export {
  type DeployBody,
  type DeploymentsView,
  type DeploymentView,
  type DeployPreview,
  type DeployProblem,
  deploySchema,
  type FlowToDeploy,
  type PreviewDeploymentBody,
  previewDeploymentSchema,
  type SwitchDebugBody,
  switchDebugSchema,
} from './deployments.ts';
export {
  type DraftView,
  type LeaseAnswer,
  type LeaseView,
  type SaveChangesAnswer,
  type SaveChangesBody,
  type SaveVersionBody,
  type SideDraftSummary,
  type SideDraftView,
  saveChangesSchema,
  saveVersionSchema,
  type TakeLeaseBody,
  takeLeaseSchema,
  type VersionSummary,
  type VersionView,
} from './drafts.ts';
export {
  type CreateFlowBody,
  createFlowSchema,
  type FlowState,
  type FlowSummary,
  type FlowsView,
  type RenameFlowBody,
  renameFlowSchema,
} from './flows.ts';
export {
  type DestinationHealth,
  type DropCounts,
  findUnready,
  type HealthView,
  type OutboundHealth,
  probes,
  type WaitingHealth,
} from './health.ts';
export type { NodeTypesView, NodeTypeView } from './node-types.ts';
export { type Permission, permissions, permissionsOfRole, type Role, roles } from './permissions.ts';
export type { PlatformDestination, PlatformField, PlatformFunction, PlatformRule, PlatformTable, PlatformView } from './platform-view.ts';
export {
  type AnswerPoisonBody,
  answerPoisonSchema,
  type FileAnswer,
  type ListPoisonQuery,
  type PoisonChoiceView,
  type PoisonDetail,
  type PoisonPage,
  type PoisonSummary,
} from './poison.ts';
export { type ErrorAnswer, type RouteDeclaration, type RouteName, type RouteTypes, routes } from './routes.ts';
export type { DebugLine, ListRunsQuery, NodeActivity, RunDetail, RunRow, RunStatus, RunsPage, StoredValue, ValueAddress } from './runs.ts';
export {
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
export {
  type RunsBatch,
  type ServerEventName,
  type ServerEvents,
  type SocketAnswer,
  type SocketEventDeclaration,
  type SocketEventName,
  socketEvents,
} from './socket-events.ts';
