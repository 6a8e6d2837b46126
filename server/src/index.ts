export { createEngineHost, type EngineHost, type EngineHostOptions, type EngineWrappers } from './engine-host/engine-host.ts';
export {
  createEngineProcess,
  type EngineActivity,
  type EngineProcess,
  type EngineProcessOptions,
} from './engine-host/engine-process.ts';
export type { PlatformLinks } from './engine-host/platform-links.ts';
export { builtInNodes } from './node-types.ts';
export { readConfigAt } from './read-config-at.ts';
