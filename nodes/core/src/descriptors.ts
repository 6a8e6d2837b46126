import type { NodeDescriptor } from '@wirebook/node-kit';
import { coreCatch } from './catch/descriptor.ts';
import { coreDebug } from './debug/descriptor.ts';
import { coreFinally } from './finally/descriptor.ts';
import { coreSet } from './set/descriptor.ts';
import { coreSwitch } from './switch/descriptor.ts';

export { coreCatch, coreDebug, coreFinally, coreSet, coreSwitch };

/** In palette order. */
export const descriptors: readonly NodeDescriptor[] = [coreSwitch, coreSet, coreCatch, coreFinally, coreDebug];
