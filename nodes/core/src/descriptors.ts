import type { NodeDescriptor } from '@wirebook/node-kit';
import { coreAggregate } from './aggregate/descriptor.ts';
import { coreBatch } from './batch/descriptor.ts';
import { coreCatch } from './catch/descriptor.ts';
import { coreConvert } from './convert/descriptor.ts';
import { coreDebounce } from './debounce/descriptor.ts';
import { coreDebug } from './debug/descriptor.ts';
import { coreDedupe } from './dedupe/descriptor.ts';
import { coreDelay } from './delay/descriptor.ts';
import { coreEnrich } from './enrich/descriptor.ts';
import { coreFileRead } from './file-read/descriptor.ts';
import { coreFileWrite } from './file-write/descriptor.ts';
import { coreFilter } from './filter/descriptor.ts';
import { coreFinally } from './finally/descriptor.ts';
import { coreInject } from './inject/descriptor.ts';
import { coreJoin } from './join/descriptor.ts';
import { coreRequire } from './require/descriptor.ts';
import { coreResequence } from './resequence/descriptor.ts';
import { coreSchedule } from './schedule/descriptor.ts';
import { coreSet } from './set/descriptor.ts';
import { coreSplit } from './split/descriptor.ts';
import { coreSwitch } from './switch/descriptor.ts';
import { coreTemplate } from './template/descriptor.ts';
import { coreThrottle } from './throttle/descriptor.ts';
import { coreWiretap } from './wiretap/descriptor.ts';

export {
  coreAggregate,
  coreBatch,
  coreCatch,
  coreConvert,
  coreDebounce,
  coreDebug,
  coreDedupe,
  coreDelay,
  coreEnrich,
  coreFileRead,
  coreFileWrite,
  coreFilter,
  coreFinally,
  coreInject,
  coreJoin,
  coreRequire,
  coreResequence,
  coreSchedule,
  coreSet,
  coreSplit,
  coreSwitch,
  coreTemplate,
  coreThrottle,
  coreWiretap,
};

/** In palette order. */
export const descriptors: readonly NodeDescriptor[] = [
  coreSchedule,
  coreInject,
  coreSwitch,
  coreFilter,
  coreSet,
  coreTemplate,
  coreDelay,
  coreDebounce,
  coreThrottle,
  coreDedupe,
  coreCatch,
  coreFinally,
  coreDebug,
  coreSplit,
  coreJoin,
  coreFileRead,
  coreFileWrite,
  coreConvert,
  coreRequire,
  coreAggregate,
  coreBatch,
  coreResequence,
  coreWiretap,
  coreEnrich,
];
