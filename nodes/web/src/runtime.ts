import { defineNode, type NodeRuntime } from '@wirebook/node-kit';
import { webHttp } from './http/descriptor.ts';
import { executeHttp } from './http/execute.ts';

export const nodeRuntimes: readonly NodeRuntime[] = [defineNode(webHttp, executeHttp)];
