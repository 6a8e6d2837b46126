import type { Clock } from '@wirebook/node-kit';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSWASMModule,
  RELEASE_SYNC,
} from 'quickjs-emscripten';
import { findSourceLine, functionBodyProbes, functionSource } from './function-body.ts';
import { realmSource } from './realm-source.ts';
import type { ScriptFailureCode, WorkerAnswer, WorkerCall } from './script-messages.ts';

/** The types of Node 20 do not know it. */
declare const WebAssembly: { readonly Memory: new (pages: { initial: number; maximum: number }) => object };

const pageBytes = 65_536;
/** With more, deep recursion ends in an error of the host's own stack instead of one that the script can see. */
const stackBytes = 128 * 1024;
const maxRealms = 32;
const setupLimitMs = 1000;

/** One sandbox. It is replaced as a whole after a call that ran out of memory or left work behind. */
export interface Sandbox {
  run(call: WorkerCall): WorkerAnswer;
  /** False: dispose and open another one. */
  readonly isUsable: boolean;
  close(): void;
}

interface Realm {
  readonly context: QuickJSContext;
  readonly run: QuickJSHandle;
  readonly describe: QuickJSHandle;
  readonly start: QuickJSHandle;
  readonly lineCount: number;
}

/** A script that failed, on its way to the answer. */
interface Failure {
  readonly code: ScriptFailureCode;
  readonly message: string;
}

export interface SandboxOptions {
  readonly memoryBytes: number;
  /** Asked again and again while a script runs: the id of the call that is to be given up. */
  readonly cancelledId: () => number;
  readonly clock: Pick<Clock, 'monotonicMs'>;
}

export async function openSandbox({ memoryBytes, cancelledId, clock }: SandboxOptions): Promise<Sandbox> {
  const maximum = Math.max(256, Math.floor(memoryBytes / pageBytes));
  const wasmMemory = new WebAssembly.Memory({ initial: 256, maximum });
  const quickjs: QuickJSWASMModule = await newQuickJSWASMModuleFromVariant(newVariant(RELEASE_SYNC, { wasmMemory }));
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(Math.floor(memoryBytes / 2));
  runtime.setMaxStackSize(stackBytes);

  const limit = { deadlineMs: 0, runningId: 0, isOver: false };
  runtime.setInterruptHandler(() => {
    limit.isOver = limit.isOver || clock.monotonicMs() > limit.deadlineMs || cancelledId() === limit.runningId;
    return limit.isOver;
  });
  const startLimit = (id: number, limitMs: number): void => {
    limit.deadlineMs = clock.monotonicMs() + limitMs;
    limit.runningId = id;
    limit.isOver = false;
  };

  const realms = new Map<string, Realm>();
  let isUsable = true;

  const fail = (call: WorkerCall, { code, message }: Failure): WorkerAnswer => ({ id: call.id, ok: false, code, message });

  const explain = (realm: Pick<Realm, 'context' | 'describe' | 'lineCount'>, error: QuickJSHandle, call: WorkerCall): Failure => {
    if (limit.isOver) {
      return { code: 'SCRIPT_TIMEOUT', message: `the script ran longer than ${call.timeoutMs} ms` };
    }
    const { name, message, stack } = describeError(realm, error);
    // Reading an error runs code of the script again.
    if (limit.isOver) return { code: 'SCRIPT_TIMEOUT', message: `the script ran longer than ${call.timeoutMs} ms` };
    if (/^InternalError$/.test(name) && /out of memory/.test(message)) {
      isUsable = false;
      return { code: 'SCRIPT_MEMORY', message: `the script needs more than ${Math.floor(memoryBytes / 2 ** 21)} MB` };
    }
    const line = findSourceLine(stack, realm.lineCount);
    return {
      code: 'SCRIPT_THREW',
      message: `${name === '' || name === 'undefined' ? '' : `${name}: `}${message}${line === undefined ? '' : ` (line ${line})`}`,
    };
  };

  const runInRealm = (realm: Realm, call: WorkerCall): WorkerAnswer => {
    const { context } = realm;
    const json = context.newString(call.scopeJson);
    const result = context.callFunction(realm.run, context.undefined, realm.start, json);
    json.dispose();
    // Callbacks of promises would run inside the next call.
    if (runtime.hasPendingJob()) isUsable = false;
    if (result.error !== undefined) {
      const failure = explain(realm, result.error, call);
      result.error.dispose();
      return fail(call, failure);
    }
    const answer = context.getString(result.value);
    result.value.dispose();
    return readAnswer(call, answer);
  };

  return {
    run(call) {
      startLimit(call.id, setupLimitMs);
      try {
        const realm = findRealm(realms, call) ?? createRealm(runtime, call, explain);
        if ('code' in realm) return fail(call, realm);
        keepRealm(realms, call, realm);
        startLimit(call.id, call.timeoutMs);
        return runInRealm(realm, call);
      } catch (error) {
        // The sandbox itself gave up: memory that it could not get, a stack that the host ended.
        isUsable = false;
        if (limit.isOver) return fail(call, { code: 'SCRIPT_TIMEOUT', message: `the script ran longer than ${call.timeoutMs} ms` });
        const reason = error instanceof Error ? error.message : String(error);
        return fail(call, { code: 'SCRIPT_MEMORY', message: `the sandbox of the script gave up: ${reason.slice(0, 200)}` });
      }
    },
    get isUsable() {
      return isUsable;
    },
    close() {
      realms.clear();
    },
  };
}

function keyOf({ source, scopeNames }: WorkerCall): string {
  return `${scopeNames.join(',')}\n${source}`;
}

function findRealm(realms: Map<string, Realm>, call: WorkerCall): Realm | undefined {
  return realms.get(keyOf(call));
}

/** Each source has a realm of its own; the one that was made first goes when there are too many. */
function keepRealm(realms: Map<string, Realm>, call: WorkerCall, realm: Realm): void {
  const key = keyOf(call);
  if (realms.has(key)) return;
  realms.set(key, realm);
  if (realms.size <= maxRealms) return;
  const [oldest] = realms;
  if (oldest === undefined) return;
  realms.delete(oldest[0]);
  disposeRealm(oldest[1]);
}

function disposeRealm({ context, run, describe, start }: Realm): void {
  for (const handle of [run, describe, start]) handle.dispose();
  context.dispose();
}

type Explain = (realm: Pick<Realm, 'context' | 'describe' | 'lineCount'>, error: QuickJSHandle, call: WorkerCall) => Failure;

function createRealm(runtime: QuickJSRuntime, call: WorkerCall, explain: Explain): Realm | Failure {
  const context = runtime.newContext();
  const tools = context.unwrapResult(context.evalCode(realmSource, 'realm', { type: 'global' }));
  const run = context.getProp(tools, 'run');
  const describe = context.getProp(tools, 'describe');
  tools.dispose();
  const lineCount = call.source.split('\n').length;
  const probes = functionBodyProbes(call.source).map((probe) => ({ code: probe, compileOnly: true }));
  let start: QuickJSHandle | undefined;
  for (const { code, compileOnly } of [...probes, { code: functionSource(call.source, call.scopeNames), compileOnly: false }]) {
    const compiled = context.evalCode(code, 'script', { type: 'global', strict: true, compileOnly });
    if (compiled.error !== undefined) {
      const failure = explain({ context, describe, lineCount }, compiled.error, call);
      compiled.error.dispose();
      run.dispose();
      describe.dispose();
      context.dispose();
      return failure;
    }
    if (compileOnly) compiled.value.dispose();
    else start = compiled.value;
  }
  if (start === undefined) throw new Error('no function was compiled');
  return { context, run, describe, start, lineCount };
}

function describeError(
  { context, describe }: Pick<Realm, 'context' | 'describe'>,
  error: QuickJSHandle,
): { name: string; message: string; stack: string } {
  const result = context.callFunction(describe, context.undefined, error);
  if (result.error !== undefined) {
    result.error.dispose();
    return { name: 'InternalError', message: 'out of memory', stack: '' };
  }
  const json = context.getString(result.value);
  result.value.dispose();
  const described: unknown = JSON.parse(json);
  const read = (key: string): string => {
    const value: unknown = typeof described === 'object' && described !== null ? Reflect.get(described, key) : undefined;
    return typeof value === 'string' ? value.slice(0, 2000) : '';
  };
  return { name: read('name'), message: read('message'), stack: read('stack') };
}

/** `!reason`, or the lines of the console and the value, each JSON or empty, with a line break between them. */
function readAnswer({ id }: WorkerCall, answer: string): WorkerAnswer {
  if (answer.startsWith('!')) {
    return { id, ok: false, code: 'SCRIPT_RESULT_INVALID', message: `the script returned what is no JSON: ${readReason(answer.slice(1))}` };
  }
  const lineBreak = answer.indexOf('\n');
  return { id, ok: true, valueJson: answer.slice(lineBreak + 1), logsJson: answer.slice(0, lineBreak) };
}

function readReason(reason: string): string {
  if (!reason.startsWith('{')) return reason;
  const described: unknown = JSON.parse(reason);
  const message: unknown = typeof described === 'object' && described !== null ? Reflect.get(described, 'message') : undefined;
  return typeof message === 'string' ? message.slice(0, 500) : 'a value';
}
