export { type OrganizationDefinitions, readOrganizationDefinitions } from './rest/organization-definitions.ts';
export { createPlatformClient } from './rest/platform-client.ts';
export type { PlatformClientOptions, PlatformLog, PlatformLogin, PlatformTls, RetryPolicy } from './rest/platform-client-options.ts';
export { toTransportError } from './rest/transport-error.ts';
export { createBrokerConnection } from './stomp/broker-connection.ts';
export type { BrokerConnectionOptions, BrokerLog } from './stomp/broker-connection-options.ts';
export type { BrokerTls, StompEndpoint } from './stomp/stomp-endpoint.ts';
