import type { NodeDescriptor } from '@wirebook/node-kit';
import { scriptJavascript } from './javascript/descriptor.ts';

export { scriptJavascript };

/** In palette order. */
export const descriptors: readonly NodeDescriptor[] = [scriptJavascript];
