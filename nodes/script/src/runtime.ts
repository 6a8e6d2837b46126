import { defineNode, type NodeRuntime } from '@wirebook/node-kit';
import { scriptJavascript } from './javascript/descriptor.ts';
import { executeJavascript } from './javascript/execute.ts';

export const nodeRuntimes: readonly NodeRuntime[] = [defineNode(scriptJavascript, executeJavascript)];
