export { openProxyTunnel, type ProxyServer } from './proxy/proxy-tunnel.ts';
export { type CallSlots, createCallSlots } from './rest/call-slots.ts';
export { type OrganizationDefinitions, readOrganizationDefinitions } from './rest/organization-definitions.ts';
export { type ConnectedPlatform, createPlatformClient } from './rest/platform-client.ts';
export type { PlatformClientOptions, PlatformLog, PlatformLogin, PlatformTls, RetryPolicy } from './rest/platform-client-options.ts';
export { createRetryHold, type RetryHold } from './rest/retry-hold.ts';
export { readRetryAfterMs } from './rest/retry-wait.ts';
export { toTransportError } from './rest/transport-error.ts';
export { createTurnQueue, type TurnQueue } from './rest/turn-queue.ts';
export { createBrokerConnection } from './stomp/broker-connection.ts';
export type { BrokerConnectionOptions, BrokerLog } from './stomp/broker-connection-options.ts';
export {
  createDeadLetterQueue,
  type DeadLetter,
  type DeadLetterList,
  type DeadLetterQueue,
  type DeadLetterQueueOptions,
} from './stomp/dead-letters.ts';
export type { BrokerTls, StompEndpoint } from './stomp/stomp-endpoint.ts';
