/** What a command needs to run the suite outside the tests. */
export { startPlatform } from '../harness/platform.ts';
export { addChaosContent } from './chaos-calls.ts';
export { judgeChaos } from './chaos-verdict.ts';
export { type ChaosOptions, surviveChaos } from './survive-chaos.ts';
