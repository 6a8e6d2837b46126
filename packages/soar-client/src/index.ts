export { createPlatformClient } from './rest/platform-client.ts';
export type { PlatformClientOptions, PlatformLog, PlatformLogin, PlatformTls, RetryPolicy } from './rest/platform-client-options.ts';
