import { defineNode, type NodeRuntime } from '@wirebook/node-kit';
import { coreAggregate } from './aggregate/descriptor.ts';
import { executeAggregate } from './aggregate/execute.ts';
import { coreBatch } from './batch/descriptor.ts';
import { executeBatch } from './batch/execute.ts';
import { coreCatch } from './catch/descriptor.ts';
import { executeCatch } from './catch/execute.ts';
import { coreConvert } from './convert/descriptor.ts';
import { executeConvert } from './convert/execute.ts';
import { coreDebounce } from './debounce/descriptor.ts';
import { executeDebounce } from './debounce/execute.ts';
import { coreDebug } from './debug/descriptor.ts';
import { executeDebug } from './debug/execute.ts';
import { coreDedupe } from './dedupe/descriptor.ts';
import { executeDedupe } from './dedupe/execute.ts';
import { coreDelay } from './delay/descriptor.ts';
import { executeDelay } from './delay/execute.ts';
import { coreEnrich } from './enrich/descriptor.ts';
import { executeEnrich } from './enrich/execute.ts';
import { coreFileRead } from './file-read/descriptor.ts';
import { executeFileRead } from './file-read/execute.ts';
import { coreFileWrite } from './file-write/descriptor.ts';
import { executeFileWrite } from './file-write/execute.ts';
import { coreFilter } from './filter/descriptor.ts';
import { executeFilter } from './filter/execute.ts';
import { coreFinally } from './finally/descriptor.ts';
import { executeFinally } from './finally/execute.ts';
import { coreInject } from './inject/descriptor.ts';
import { executeInject } from './inject/execute.ts';
import { coreJoin } from './join/descriptor.ts';
import { executeJoin } from './join/execute.ts';
import { coreRequire } from './require/descriptor.ts';
import { executeRequire } from './require/execute.ts';
import { coreResequence } from './resequence/descriptor.ts';
import { executeResequence } from './resequence/execute.ts';
import { coreSchedule } from './schedule/descriptor.ts';
import { executeSchedule } from './schedule/execute.ts';
import { coreSet } from './set/descriptor.ts';
import { executeSet } from './set/execute.ts';
import { coreSplit } from './split/descriptor.ts';
import { executeSplit } from './split/execute.ts';
import { coreSwitch } from './switch/descriptor.ts';
import { executeSwitch } from './switch/execute.ts';
import { coreTemplate } from './template/descriptor.ts';
import { executeTemplate } from './template/execute.ts';
import { coreThrottle } from './throttle/descriptor.ts';
import { executeThrottle } from './throttle/execute.ts';
import { coreWiretap } from './wiretap/descriptor.ts';
import { executeWiretap } from './wiretap/execute.ts';

export const nodeRuntimes: readonly NodeRuntime[] = [
  defineNode(coreSchedule, executeSchedule),
  defineNode(coreInject, executeInject),
  defineNode(coreSwitch, executeSwitch),
  defineNode(coreFilter, executeFilter),
  defineNode(coreSet, executeSet),
  defineNode(coreTemplate, executeTemplate),
  defineNode(coreDelay, executeDelay),
  defineNode(coreDebounce, executeDebounce),
  defineNode(coreThrottle, executeThrottle),
  defineNode(coreDedupe, executeDedupe),
  defineNode(coreCatch, executeCatch),
  defineNode(coreFinally, executeFinally),
  defineNode(coreDebug, executeDebug),
  defineNode(coreSplit, executeSplit),
  defineNode(coreJoin, executeJoin),
  defineNode(coreFileRead, executeFileRead),
  defineNode(coreFileWrite, executeFileWrite),
  defineNode(coreConvert, executeConvert),
  defineNode(coreRequire, executeRequire),
  defineNode(coreAggregate, executeAggregate),
  defineNode(coreBatch, executeBatch),
  defineNode(coreResequence, executeResequence),
  defineNode(coreWiretap, executeWiretap),
  defineNode(coreEnrich, executeEnrich),
];
