import { isErrorCode, type JsonValue, WirebookError } from '@wirebook/errors';
import { defineNode, type NodeDescriptor, type NodeRuntime, type SideEffect } from '@wirebook/node-kit';

const noConfig = { type: 'object', additionalProperties: false, required: [], properties: {} } as const;
const throughPorts = { inputs: { in: { label: 'in' } }, outputs: { out: { label: 'out' } } } as const;
const plain = { version: 1, summary: 'For tests.', icon: 'flask', permissions: [], ...throughPorts } as const;

const waiting = {
  completion: { type: 'string', default: 'at-end' },
  defaultReply: { type: 'string', default: '' },
  errorReply: { type: 'string', default: '' },
  wait: { type: 'string', default: 'none' },
  waitMs: { type: 'integer', default: 1000 },
  waitJitterMs: { type: 'integer', default: 0 },
  waitKey: { type: 'string', default: '' },
  discard: { type: 'boolean', default: false },
  dedupeMs: { type: 'integer', default: 0 },
  dedupeKey: { type: 'string', default: '' },
} as const;

const functionSource = {
  ...plain,
  type: 'test.function',
  label: 'Function',
  category: 'sources',
  inputs: {},
  source: { kind: 'function' },
  sideEffect: 'none',
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['function'],
    properties: { function: { type: 'string' }, connection: { type: 'string' }, ...waiting },
  },
} as const satisfies NodeDescriptor;

const destinationSource = {
  ...plain,
  type: 'test.destination',
  label: 'Destination',
  category: 'sources',
  inputs: {},
  source: { kind: 'destination' },
  sideEffect: 'none',
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['destination'],
    properties: {
      destination: { type: 'string' },
      rules: { type: 'array', items: { type: 'string' }, default: [] },
      fireAndForget: { type: 'boolean', default: false },
      ...waiting,
    },
  },
} as const satisfies NodeDescriptor;

const complete = {
  ...plain,
  type: 'test.complete',
  label: 'Complete',
  category: 'replies',
  completes: 'always',
  sideEffect: 'notify',
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      results: { title: 'Result', 'x-expression': true },
      sizeBytes: { type: 'integer' },
      thenFail: { type: 'boolean', default: false },
    },
  },
} as const satisfies NodeDescriptor;

const status = {
  ...plain,
  type: 'test.status',
  label: 'Status',
  category: 'replies',
  sideEffect: 'notify',
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['text'],
    properties: { text: { type: 'string', 'x-expression': true } },
  },
} as const satisfies NodeDescriptor;

const fail = {
  ...plain,
  type: 'test.fail',
  label: 'Fail',
  category: 'logic',
  sideEffect: 'none',
  config: noConfig,
} as const satisfies NodeDescriptor;
const pass = {
  ...plain,
  type: 'test.pass',
  label: 'Pass',
  category: 'logic',
  sideEffect: 'none',
  config: noConfig,
} as const satisfies NodeDescriptor;
const catching = {
  ...plain,
  type: 'test.catch',
  label: 'Catch',
  category: 'logic',
  inputs: {},
  catches: true,
  sideEffect: 'none',
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      scope: { type: 'string', enum: ['all', 'nodes', 'uncaught'] },
      nodes: { type: 'array', items: { type: 'string' }, default: [] },
      blame: { type: 'array', items: { type: 'string' }, default: [] },
      codes: { type: 'array', items: { type: 'string' }, default: [] },
    },
  },
} as const satisfies NodeDescriptor;

const atEnd = {
  ...plain,
  type: 'test.finally',
  label: 'Finally',
  category: 'logic',
  inputs: {},
  runsAtEnd: true,
  sideEffect: 'none',
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: { timeoutMs: { type: 'integer', default: 1000 } },
  },
} as const satisfies NodeDescriptor;

/** Fails as often as it is told, and then gives the number of its tries. */
const flakyConfig = {
  type: 'object',
  additionalProperties: false,
  required: ['times'],
  properties: {
    times: { type: 'integer' },
    code: { type: 'string', default: 'SOAR_RATE_LIMITED' },
    status: { type: 'integer' },
    /** It reports a call that wrote before it fails. */
    writesFirst: { type: 'boolean', default: false },
    /** It emits and completes before it fails. */
    emitsFirst: { type: 'boolean', default: false },
  },
} as const;

const checkedWrite = {
  ...plain,
  type: 'test.checked-write',
  label: 'Checked write',
  category: 'platform',
  sideEffect: 'write',
  whenInDoubt: { byConfig: 'whenInDoubt' },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['text'],
    properties: {
      text: { type: 'string', 'x-expression': true },
      whenInDoubt: { type: 'string', enum: ['fail', 'check'], default: 'fail' },
    },
  },
} as const satisfies NodeDescriptor;

/** A write as it stands outside, where it outlives the engine. */
export interface OutsideWrite {
  readonly text: string;
  readonly atMs: number;
}

/** What the nodes of one test did and wait for. */
export interface TestNodes {
  readonly runtimes: readonly NodeRuntime[];
  /** Messages that the write nodes were handed, in order. */
  readonly writes: JsonValue[];
  readonly passed: JsonValue[];
  /** Times of the tries of flaky nodes. */
  readonly tries: number[];
  /** Lets every gate that waits go on, and gives their number. */
  openGates(): number;
  /** Makes the gates that are reached from now on pass at once. */
  leaveGatesOpen(): void;
  /** The engine was killed: nothing outside is done any more. */
  die(): void;
  readonly waitingCount: () => number;
  /** Signals of the gates that were aborted. */
  readonly abortedCount: () => number;
}

export function createTestNodes(outside: OutsideWrite[]): TestNodes {
  const writes: JsonValue[] = [];
  const passed: JsonValue[] = [];
  const tries: number[] = [];
  let gates: (() => void)[] = [];
  let areGatesOpen = false;
  let isDead = false;
  let abortedCount = 0;

  function defineWrite(type: string, sideEffect: SideEffect): NodeRuntime {
    const descriptor = {
      ...plain,
      type,
      label: 'Write',
      category: 'platform',
      sideEffect,
      config: noConfig,
    } as const satisfies NodeDescriptor;
    return defineNode(descriptor, async ({ message, emit }) => {
      if (isDead) await new Promise(() => undefined);
      writes.push(message);
      emit('out', { written: writes.length });
    });
  }

  function defineFlaky(type: string, sideEffect: SideEffect): NodeRuntime {
    const descriptor = {
      ...plain,
      type,
      label: 'Flaky',
      category: 'platform',
      sideEffect,
      config: flakyConfig,
    } as const satisfies NodeDescriptor;
    return defineNode(descriptor, ({ config, emit, clock, log, services }) => {
      const { times, code, status, writesFirst, emitsFirst } = config;
      tries.push(clock.now());
      if (emitsFirst) emit('out', { early: tries.length });
      if (emitsFirst) services.reply.complete({ kind: 'result', results: tries.length, text: null });
      if (tries.length <= times) {
        if (writesFirst)
          log.attempt({ method: 'POST', url: '/x', attempt: 1, startedAtMs: clock.now(), durationMs: 1, status: 201, code: null });
        const details = status === undefined ? undefined : { status };
        throw new WirebookError(isErrorCode(code) ? code : 'NODE_UNEXPECTED', `try ${tries.length} failed`, undefined, details);
      }
      emit('out', { tries: tries.length });
    });
  }

  const gate = {
    ...plain,
    type: 'test.gate',
    label: 'Gate',
    category: 'logic',
    sideEffect: 'none',
    config: noConfig,
  } as const satisfies NodeDescriptor;

  return {
    writes,
    passed,
    tries,
    openGates: () => {
      const waiting = gates;
      gates = [];
      for (const open of waiting) open();
      return waiting.length;
    },
    leaveGatesOpen: () => {
      areGatesOpen = true;
    },
    die: () => {
      isDead = true;
    },
    waitingCount: () => gates.length,
    abortedCount: () => abortedCount,
    runtimes: [
      defineNode(functionSource, ({ message, emit }) => emit('out', message)),
      defineNode(destinationSource, ({ message, emit }) => emit('out', message)),
      defineNode(complete, ({ config, message, emit, services }) => {
        const results =
          config.sizeBytes === undefined ? ((config.results as JsonValue | undefined) ?? message) : 'x'.repeat(config.sizeBytes);
        services.reply.complete({ kind: 'result', results, text: null });
        if (config.thenFail) throw new WirebookError('NODE_INPUT_INVALID', 'failed after it completed');
        emit('out', message);
      }),
      defineNode(status, async ({ config, message, emit, services }) => {
        await services.reply.status(config.text);
        emit('out', message);
      }),
      defineNode(fail, () => {
        throw new WirebookError('NODE_INPUT_INVALID', 'this node always fails');
      }),
      defineNode(pass, ({ message, emit }) => {
        passed.push(message);
        emit('out', message);
      }),
      defineNode(catching, ({ message, failure, emit }) => {
        emit('out', { caught: failure?.error.code ?? null, from: failure?.nodeName ?? null, message });
      }),
      defineNode(atEnd, ({ message, emit }) => emit('out', message)),
      defineNode(
        { ...plain, type: 'test.wait-and-fail', label: 'Wait and fail', category: 'logic', sideEffect: 'none', config: noConfig },
        async ({ emit, services, clock }) => {
          await services.waits.wait({ kind: 'defer', waitMs: 1000 });
          tries.push(clock.now());
          if (tries.length === 1) throw new WirebookError('SOAR_RATE_LIMITED', 'the first try fails behind its wait');
          emit('out', { tries: tries.length });
        },
      ),
      defineFlaky('test.flaky', 'none'),
      defineFlaky('test.flaky-write', 'write'),
      defineFlaky('test.flaky-put', 'idempotent-write'),
      defineNode(gate, async ({ message, emit, signal }) => {
        signal.addEventListener('abort', () => {
          abortedCount += 1;
        });
        if (!areGatesOpen) await new Promise<void>((resolve) => gates.push(resolve));
        emit('out', message);
      }),
      defineWrite('test.write', 'write'),
      defineWrite('test.put', 'idempotent-write'),
      defineNode(
        checkedWrite,
        async ({ config, emit, clock }) => {
          if (isDead) await new Promise(() => undefined);
          outside.push({ text: config.text, atMs: clock.now() });
          emit('out', { number: outside.length });
        },
        {
          mark: async () => outside.length,
          find: async ({ config }, { intendedAtMs, mark }) => {
            const made = outside.slice(Number(mark)).filter(({ text, atMs }) => text === config.text && atMs >= intendedAtMs);
            if (made.length > 1) return { written: 'unknown', reason: `there are ${made.length} of them` };
            return made.length === 0
              ? { written: false }
              : { written: true, emissions: [{ port: 'out', message: { number: outside.length } }] };
          },
        },
      ),
      defineNode(
        { ...plain, type: 'test.bad-write', label: 'Bad write', category: 'platform', sideEffect: 'write', config: noConfig },
        async ({ message }) => {
          if (isDead) await new Promise(() => undefined);
          writes.push(message);
          throw new WirebookError('SOAR_BAD_REQUEST', 'the platform refused it');
        },
      ),
    ],
  };
}
