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
