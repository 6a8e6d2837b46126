export type {
  BrokerConnection,
  BrokerDelivery,
  BrokerSend,
  BrokerSubscription,
  BrokerTransaction,
  ConnectionState,
  ConnectionStatus,
  SubscribeOptions,
} from './broker.ts';
export type { Clock, IdSource, Timer } from './clock.ts';
export type { ConfigField, ConfigSchema, ShownWhen } from './config-schema.ts';
export { findContentType } from './content-type.ts';
export { describeValue } from './describe-value.ts';
export { encodeRestPath } from './encode-rest-path.ts';
export type {
  ConfigOf,
  Execute,
  ExecuteContext,
  OutputPort,
  StepFailure,
  StepLog,
} from './execute.ts';
export { getFileId, isFileHandle } from './file-handle.ts';
export { toPlainFileName } from './file-name.ts';
export type { FileHandle, FileService, FolderFile, FolderService, NewFile, OpenFile, SizedContent } from './files.ts';
export type { NodeCategory, NodeDescriptor, PortDescriptor, SideEffect, SourceDescriptor, SourceKind } from './node-descriptor.ts';
export { defineNode, type NodeRuntime } from './node-runtime.ts';
export { assertOwnKey, findAtPath, parseOwnPath, withAtPath } from './own-path.ts';
export type {
  CallAttempt,
  FieldDefinition,
  FunctionDefinition,
  PickedObject,
  PlatformAccount,
  PlatformCalls,
  PlatformCatalogue,
  PlatformClient,
  PlatformContent,
  PlatformRequest,
  PlatformResponse,
  PlatformUpload,
  ReadChangeWrite,
  ReadChangeWriteResult,
  RunCallOptions,
} from './platform.ts';
export type {
  Completion,
  GatherRequest,
  HttpRequest,
  HttpResponse,
  HttpService,
  KeyWindow,
  ReplyService,
  RequestCaller,
  ScriptCall,
  ScriptResult,
  ScriptService,
  Services,
  TurnRequest,
  WaitOutcome,
  WaitRequest,
  WaitService,
  WebResponse,
} from './services.ts';
export { setField } from './set-field.ts';
export type { OwnTriggerKind, RunInfo, Trigger, TriggerKind } from './trigger.ts';
export { findValueSwitchKind, type ValueSwitch, type ValueSwitchKind } from './value-switch.ts';
export type { WriteCheck, WriteCheckContext, WriteFinding, WriteInDoubt } from './write-check.ts';
