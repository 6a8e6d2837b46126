import type { NodeDescriptor } from '@wirebook/node-kit';
import { webForm } from './form/descriptor.ts';
import { webHttp } from './http/descriptor.ts';
import { webRespond } from './respond/descriptor.ts';
import { webWebhook } from './webhook/descriptor.ts';

export { webForm, webHttp, webRespond, webWebhook };

/** In palette order. */
export const descriptors: readonly NodeDescriptor[] = [webWebhook, webForm, webHttp, webRespond];
