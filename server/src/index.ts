export { createEngineHost, type EngineHost, type EngineHostOptions, type EngineWrappers } from './engine-host/engine-host.ts';
export { builtInNodes } from './node-types.ts';
