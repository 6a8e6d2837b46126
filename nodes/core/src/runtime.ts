import { defineNode, type NodeRuntime } from '@wirebook/node-kit';
import { coreCatch } from './catch/descriptor.ts';
import { executeCatch } from './catch/execute.ts';
import { coreDebug } from './debug/descriptor.ts';
import { executeDebug } from './debug/execute.ts';
import { coreFinally } from './finally/descriptor.ts';
import { executeFinally } from './finally/execute.ts';
import { coreSet } from './set/descriptor.ts';
import { executeSet } from './set/execute.ts';
import { coreSwitch } from './switch/descriptor.ts';
import { executeSwitch } from './switch/execute.ts';

export const nodeRuntimes: readonly NodeRuntime[] = [
  defineNode(coreSwitch, executeSwitch),
  defineNode(coreSet, executeSet),
  defineNode(coreCatch, executeCatch),
  defineNode(coreFinally, executeFinally),
  defineNode(coreDebug, executeDebug),
];
