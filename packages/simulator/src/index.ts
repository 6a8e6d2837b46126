export type { FireRequest } from './actions/fire-request.ts';
export type { Call, InvocationStatus, InvocationView, Reply } from './actions/invocation.ts';
export type { InvocationLog, InvocationSummary } from './actions/invocation-log.ts';
export type { AnalystDesk, DeskFire } from './analyst/analyst-desk.ts';
export type {
  DeskField,
  DeskFormField,
  DeskIncident,
  DeskIncidentSummary,
  DeskMenuItem,
  DeskObject,
  DeskTable,
} from './analyst/analyst-view.ts';
export type { DeskChange } from './analyst/change-feed.ts';
export type {
  BrokerConsumer,
  BrokerMessage,
  BrokerPort,
  OutgoingMessage,
} from './broker/broker-port.ts';
export type { FrameCase } from './broker/frame-case.ts';
export { type FrameToSend, type FrameWire, type FrameWireSource, type ReceivedFrame, runFrameCase } from './broker/frame-case-runner.ts';
export { frameCases } from './broker/frame-cases.ts';
export {
  type BrokerAccess,
  type BrokerPrincipal,
  createStompBroker,
  type StompBroker,
  type StompBrokerOptions,
} from './broker/stomp-broker.ts';
export { type CertificateKind, certificateKinds, type IssuedCertificate } from './certificates/certificate-kind.ts';
export { type CertificateStore, createCertificateStore } from './certificates/certificate-store.ts';
export type { Clock } from './clock.ts';
export {
  type AccountCredentials,
  type ApiKeyCredentials,
  closedOrgId,
  demoOrgId,
  emptyOrgId,
  type SimulatorCredentials,
  simulatorCredentials,
} from './credentials.ts';
export type { RestFault } from './faults/rest-fault.ts';
export type { SimulatorFaults } from './faults/simulator-faults.ts';
export type { OrganisationContent } from './platform/content.ts';
export type { RequestRecord } from './rest/request-log.ts';
export { createSimulator, type Simulator } from './simulator.ts';
export { runSimulatorCommand, type SimulatorCommandOptions } from './simulator-command.ts';
export type { RealBroker, SimulatorOptions } from './simulator-options.ts';
