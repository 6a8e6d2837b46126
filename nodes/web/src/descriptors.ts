import type { NodeDescriptor } from '@wirebook/node-kit';
import { webHttp } from './http/descriptor.ts';

export { webHttp };

/** In palette order. */
export const descriptors: readonly NodeDescriptor[] = [webHttp];
