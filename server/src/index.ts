export { createEngineHost, type EngineHost } from './engine-host/engine-host.ts';
export type { EngineHostOptions, EngineWrappers } from './engine-host/engine-host-options.ts';
export {
  createEngineProcess,
  type EngineActivity,
  type EngineProcess,
  type EngineProcessOptions,
} from './engine-host/engine-process.ts';
export type { PlatformLinks } from './engine-host/platform-links.ts';
export { builtInNodes } from './node-types.ts';
export { readConfigAt } from './read-config-at.ts';
export { createWebListener } from './web-sources/web-listener.ts';
