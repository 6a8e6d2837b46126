import { defineNode, type NodeRuntime } from '@wirebook/node-kit';
import { webForm } from './form/descriptor.ts';
import { executeForm } from './form/execute.ts';
import { webHttp } from './http/descriptor.ts';
import { executeHttp } from './http/execute.ts';
import { webRespond } from './respond/descriptor.ts';
import { executeRespond } from './respond/execute.ts';
import { webWebhook } from './webhook/descriptor.ts';
import { executeWebhook } from './webhook/execute.ts';

export const nodeRuntimes: readonly NodeRuntime[] = [
  defineNode(webWebhook, executeWebhook),
  defineNode(webForm, executeForm),
  defineNode(webHttp, executeHttp),
  defineNode(webRespond, executeRespond),
];
