import type { JsonValue } from '@wirebook/errors';
import type { ScriptResult } from '@wirebook/node-kit';
import { afterAll, expect, test } from 'vitest';
import { createSystemClock } from '../system-clock.ts';
import { createScriptPool, type ScriptPool } from './script-pool.ts';

const pool = createScriptPool({ clock: createSystemClock() });
afterAll(() => pool.close());

interface RunOptions {
  readonly timeoutMs?: number;
  readonly on?: ScriptPool;
  readonly signal?: AbortSignal;
}

function run(
  source: string,
  scope: Record<string, JsonValue> = {},
  { timeoutMs = 20_000, on = pool, signal }: RunOptions = {},
): Promise<ScriptResult> {
  return on.run({ source, scope, timeoutMs, signal: signal ?? new AbortController().signal });
}

async function getValue(source: string, scope: Record<string, JsonValue> = {}): Promise<unknown> {
  return (await run(source, scope)).value;
}

test('[J1] a script sees the names of its scope as constants and gives its result with return', async () => {
  expect(
    await getValue('return { sum: message.a + message.b, who: trigger.kind };', { message: { a: 1, b: 2 }, trigger: { kind: 'function' } }),
  ).toEqual({ sum: 3, who: 'function' });
  expect(await getValue('const x = 1;')).toBeUndefined();
  expect(await getValue('return undefined;')).toBeUndefined();
  expect(await getValue('return null;')).toBeNull();
  expect(await getValue('return "\\u0000ä😀\\ud800";')).toBe('\u0000ä😀\ud800');
  await expect(run('message = 1;', { message: {} })).rejects.toMatchObject({
    code: 'SCRIPT_THREW',
    message: expect.stringContaining('message'),
  });
  await expect(run('return other;', { message: {} })).rejects.toMatchObject({
    code: 'SCRIPT_THREW',
    message: expect.stringContaining('other'),
  });
});

test('[J1] a script is strict code', async () => {
  await expect(run('leak = 1;')).rejects.toMatchObject({ code: 'SCRIPT_THREW' });
  expect(await getValue('return this === undefined;')).toBe(true);
});

test('[J2] lines of the console come back in order, with their level', async () => {
  const { logs, value } = await run(
    'console.log("n", 1, {a: [2]}); console.warn("w"); console.error(undefined); console.debug("d"); return 1;',
  );
  expect(value).toBe(1);
  expect(logs).toEqual([
    { level: 'info', text: 'n 1 {"a":[2]}' },
    { level: 'warn', text: 'w' },
    { level: 'error', text: 'undefined' },
    { level: 'debug', text: 'd' },
  ]);
  expect((await run('for (let i = 0; i < 5000; i += 1) console.log("x".repeat(100));')).logs.length).toBeLessThan(1000);
});

test.each([
  ['a global', 'globalThis.leak = 1;', 'return typeof leak;', 'undefined'],
  ['a method of arrays', 'Array.prototype.leak = 1;', 'return typeof [].leak;', 'undefined'],
  ['JSON.parse', 'JSON.parse = () => 1;', 'return JSON.parse("2");', 2],
  ['the console', 'console.log = 1;', 'return typeof console.log;', 'function'],
  ['a key of an iterator', 'Object.getPrototypeOf([][Symbol.iterator]()).leak = 1;', 'return typeof [].values().leak;', 'undefined'],
  [
    'a key of generators',
    'Object.getPrototypeOf(function* () {}).prototype.leak = 1;',
    'return typeof (function* () {})().leak;',
    'undefined',
  ],
  [
    'a key of async generators',
    'Object.getPrototypeOf(async function* () {}).prototype.leak = 1;',
    'return typeof (async function* () {})().leak;',
    'undefined',
  ],
  [
    'a key of iterator helpers',
    'Object.getPrototypeOf([].values().map((x) => x)).leak = 1;',
    'return typeof [].values().filter((x) => x).leak;',
    'undefined',
  ],
  ['a key of matches', 'Object.getPrototypeOf("a".matchAll(/a/g)).leak = 1;', 'return typeof "a".matchAll(/a/g).leak;', 'undefined'],
  ['a key of typed arrays', 'Object.getPrototypeOf(Uint8Array).prototype.leak = 1;', 'return typeof new Uint8Array(1).leak;', 'undefined'],
  ['a key of symbols', 'Symbol.prototype.leak = 1;', 'return typeof Symbol().leak;', 'undefined'],
  ['a meaning of toString', 'Object.prototype.toString = () => "leak";', 'return String({});', '[object Object]'],
  ['a name of errors', 'Error.prototype.name = "leak";', 'return new Error("x").name;', 'Error'],
  ['a key of templates', 'const f = (s) => s; f`x`.leak = 1;', 'const f = (s) => s; return typeof f`x`.leak;', 'undefined'],
  ['a later callback', 'Promise.resolve().then(() => { console.log("leak"); });', 'return 1;', 1],
])('[J3] one call leaves nothing for the next: %s', async (_name, first, second, expected) => {
  const both = `if (message === 1) { ${first} } else { ${second} }`;
  await run(both, { message: 1 }).catch((error: unknown) => expect(error).toMatchObject({ code: 'SCRIPT_THREW' }));
  const same = await run(both, { message: 2 });
  expect(same).toEqual({ value: expected, logs: [] });
  expect(await getValue(second)).toEqual(expected);
});

test.each([
  '}); const leak = []; (function () {',
  '}; globalThis.leak = 1; {',
  '}, globalThis.leak, function () {',
  '}[globalThis.leak] = function () {',
  '}}); const leak = 1; (function ($scope, console) { return function () {',
  '}/ "(" ) ; const leak = []; (function(){ ")" /\n1',
  '} leak() {',
  'return 1; /*',
  'return `',
])('[J3] a source that is more or less than the body of a function is refused: %s', async (source) => {
  await expect(run(source)).rejects.toMatchObject({ code: 'SCRIPT_THREW', message: expect.stringContaining('SyntaxError') });
});

test.each([
  'eval("1")',
  'new Function("return 1")()',
  '(() => {}).constructor("return 1")()',
  'Object.getPrototypeOf(async () => {}).constructor("")',
  '(function* () {}).constructor("")',
])('[J3] no code is made from text: %s', async (expression) => {
  await expect(run(`return ${expression};`)).rejects.toMatchObject({ code: 'SCRIPT_THREW' });
});

test('[J4] nothing of the host is there', async () => {
  const names = [
    'process',
    'require',
    'module',
    'fetch',
    'setTimeout',
    'queueMicrotask',
    'Buffer',
    'WebAssembly',
    'std',
    'os',
    'print',
    'performance',
    'navigator',
    'self',
    'window',
  ];
  expect(await getValue(`return [${names.map((name) => `typeof ${name}`).join(',')}];`)).toEqual(names.map(() => 'undefined'));
  await expect(run('return import("node:fs");')).rejects.toMatchObject({ code: 'SCRIPT_RESULT_INVALID' });
});

test('[J3] scripts may still give their own objects names that built-in ones have', async () => {
  const source = `
    class Wrong extends Error { constructor(text) { super(text); this.name = 'Wrong'; } }
    const own = {}; own.toString = () => 'own'; own.constructor = 1;
    try { throw new Wrong('w'); } catch (error) { return [error.name, error instanceof Wrong, String(own), own.constructor]; }`;
  expect(await getValue(source)).toEqual(['Wrong', true, 'own', 1]);
});

test('[J5] an endless loop ends at its limit, and others wait no longer than that', async () => {
  const endless = run('for (;;);', {}, { timeoutMs: 200 });
  const other = run('return 1;');
  await expect(endless).rejects.toMatchObject({
    code: 'SCRIPT_TIMEOUT',
    message: expect.stringMatching(/^the script ran longer than 200 ms/),
  });
  expect((await other).value).toBe(1);
});

test.each([
  ['a catastrophic pattern', 'return /(a+)+$/.test("a".repeat(40) + "!");'],
  ['a loop that catches everything', 'for (;;) { try { for (;;); } catch { continue; } finally { continue; } }'],
  ['an endless getter of the result', 'return { get a() { for (;;); } };'],
  ['an endless text of an error', 'throw { get message() { for (;;); } };'],
  ['a proxy that never answers', 'return new Proxy({}, { ownKeys() { for (;;); } });'],
])('[J5] %s ends at its limit', async (_name, source) => {
  await expect(run(source, {}, { timeoutMs: 150 })).rejects.toMatchObject({ code: 'SCRIPT_TIMEOUT' });
});

test.each([
  ['a growing list', 'SCRIPT_MEMORY', 'const list = []; for (;;) list.push(new Array(1000).fill("x"));'],
  ['a growing text', 'SCRIPT_THREW', 'let text = "x"; for (;;) text += text;'],
  ['one huge buffer', 'SCRIPT_MEMORY', 'return new Uint8Array(200 * 1024 * 1024).length;'],
  [
    'a list that catches the error',
    'SCRIPT_MEMORY',
    'const list = []; for (;;) { try { for (;;) list.push({ a: [1, 2, 3] }); } catch (error) { list.length = 0; throw error; } }',
  ],
])('[J6] %s ends with %s, and the thread goes on', async (_name, code, source) => {
  await expect(run(source, {}, { timeoutMs: 5000 })).rejects.toMatchObject({ code });
  expect(await getValue('return 1;')).toBe(1);
  expect(pool.counts().workerDeaths).toBe(0);
});

test('[J7] a script that throws is SCRIPT_THREW with its message and the line of the source', async () => {
  await expect(run('\n\nnull.x;')).rejects.toMatchObject({
    code: 'SCRIPT_THREW',
    message: expect.stringMatching(/^TypeError: .*\(line 3\)$/),
  });
  await expect(run('const f = () => { throw new RangeError("too far"); };\nf();')).rejects.toMatchObject({
    message: 'RangeError: too far (line 1)',
  });
  await expect(run('throw "plain";')).rejects.toMatchObject({ code: 'SCRIPT_THREW', message: 'plain' });
  await expect(run('let a = 1;\nlet a = 2;')).rejects.toMatchObject({ message: expect.stringMatching(/SyntaxError.*line 2/) });
  await expect(run('throw Object.create(null);')).rejects.toMatchObject({ code: 'SCRIPT_THREW' });
});

test('[J7] endless recursion is SCRIPT_THREW', async () => {
  await expect(run('const f = () => f() + 1; return f();')).rejects.toMatchObject({
    code: 'SCRIPT_THREW',
    message: expect.stringContaining('stack'),
  });
  expect(await getValue('return 1;')).toBe(1);
});

test.each([
  ['a function', 'return () => 1;'],
  ['a function inside', 'return { a: [() => 1] };'],
  ['a symbol', 'return Symbol("x");'],
  ['a big integer', 'return { n: 1n };'],
  ['a circle', 'const a = {}; a.a = a; return a;'],
  ['a promise', 'return Promise.resolve(1);'],
  ['a failing toJSON', 'return { toJSON() { throw new Error("no"); } };'],
])('[J8] %s as the result is SCRIPT_RESULT_INVALID', async (_name, source) => {
  await expect(run(source)).rejects.toMatchObject({ code: 'SCRIPT_RESULT_INVALID' });
});

test('[J9] an aborted call rejects with the reason of its signal, waiting or running', async () => {
  const controller = new AbortController();
  const running = run('for (;;);', {}, { timeoutMs: 30_000, signal: controller.signal });
  await run('return 1;', {}, { on: pool, timeoutMs: 1000, signal: AbortSignal.abort(new Error('early')) }).catch((error: unknown) =>
    expect(error).toMatchObject({ message: 'early' }),
  );
  setTimeout(() => controller.abort(new Error('stopped')), 50);
  await expect(running).rejects.toThrow('stopped');
  expect(await getValue('return 1;')).toBe(1);
});

test('[J10] many calls at once give each its own answer', async () => {
  const results = await Promise.all(Array.from({ length: 500 }, (_, index) => getValue('return message * 2;', { message: index })));
  expect(results).toEqual(Array.from({ length: 500 }, (_, index) => index * 2));
});

test('[J10] more waiting calls than the queue takes are held in order until there is room', async () => {
  const small = createScriptPool({ clock: createSystemClock(), maxQueued: 2 });
  const order: number[] = [];
  const calls = Array.from({ length: 20 }, async (_, number) => {
    const { value } = await run(`return ${number};`, {}, { on: small });
    order.push(Number(value));
  });
  expect(small.counts()).toMatchObject({ queued: 2, held: 18 });
  await Promise.all(calls);
  expect(order).toEqual(Array.from({ length: 20 }, (_, number) => number));
  expect(small.counts()).toMatchObject({ queued: 0, held: 0, finished: 20 });
  await small.close();
});

test('[J10] a call that is held leaves when its signal aborts, and when the pool closes', async () => {
  const small = createScriptPool({ clock: createSystemClock(), maxQueued: 1 });
  const first = run('return 1;', {}, { on: small });
  const controller = new AbortController();
  const aborted = expect(run('return 2;', {}, { on: small, signal: controller.signal })).rejects.toBe('enough');
  controller.abort('enough');
  await aborted;
  expect((await first).value).toBe(1);
  const busy = run('for (;;);', {}, { on: small, timeoutMs: 30_000 });
  const held = run('return 3;', {}, { on: small });
  const ends = [busy, held].map((call) => expect(call).rejects.toMatchObject({ code: 'ENGINE_RUN_CANCELLED' }));
  await small.close();
  await Promise.all(ends);
});

test('[J11] a thread that does not look at the clock is ended; the other calls in it are made again', async () => {
  const own = createScriptPool({ clock: createSystemClock() });
  expect((await run('return 1;', {}, { on: own })).value).toBe(1);
  // One operation on a big number is not interrupted.
  const stuck = run('return (7n ** 300_000n).toString().length;', {}, { on: own, timeoutMs: 1 });
  const other = run('return 2;', {}, { on: own });
  await expect(stuck).rejects.toMatchObject({ code: 'SCRIPT_TIMEOUT' });
  expect((await other).value).toBe(2);
  expect(own.counts().workerDeaths).toBe(1);
  await own.close();
});

test('[J11] a thread that cannot start fails its calls with a code after three tries', async () => {
  const own = createScriptPool({ clock: createSystemClock(), memoryBytes: 2 ** 50 });
  await expect(run('return 1;', {}, { on: own })).rejects.toMatchObject({ code: 'SCRIPT_WORKER_DIED' });
  expect(own.counts().workerDeaths).toBe(3);
  await own.close();
});

test('[J12] closing ends what is on its way, and nothing starts afterwards', async () => {
  const own = createScriptPool({ clock: createSystemClock() });
  const running = run('for (;;);', {}, { on: own, timeoutMs: 30_000 });
  const outcome = expect(running).rejects.toMatchObject({ code: 'ENGINE_RUN_CANCELLED' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  await own.close();
  await outcome;
  await expect(run('return 1;', {}, { on: own })).rejects.toMatchObject({ code: 'ENGINE_RUN_CANCELLED' });
  await own.close();
});
