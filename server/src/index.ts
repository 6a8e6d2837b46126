export { createEngineHost, type EngineHost, type EngineHostOptions, type EngineWrappers } from './engine-host/engine-host.ts';
export {
  createEngineProcess,
  type EngineActivity,
  type EngineProcess,
  type EngineProcessOptions,
  type PlatformLinks,
} from './engine-host/engine-process.ts';
export { builtInNodes } from './node-types.ts';
export { readConfigAt } from './read-config-at.ts';
