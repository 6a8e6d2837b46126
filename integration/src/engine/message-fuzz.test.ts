import { readTrigger } from '@wirebook/engine';
import { isErrorCode, type JsonValue, WirebookError } from '@wirebook/errors';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chain, type EngineUnderTest, lookup, queue, startEngine } from './engine-under-test.ts';

const readCases = 3000;
const runCases = 300;
/** Of one message; more is a hang. */
const caseLimitMs = 1000;
const timeLimitMs = 30_000;

const encode = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'));
const sound: JsonValue = {
  function: { id: 1, name: 'lookup', uuid: 'u' },
  inputs: { a: { id: 5, name: 'x' }, b: [{ id: 1, name: 'y' }], incident_id: 2101, c: { format: 'html', content: '<b>' } },
  action_id: 7,
  type_info: { incident: { fields: { severity_code: { values: { 4: { label: 'Low' } } } } } },
  incident: { id: 2101, name: 'n' },
  principal: { id: 1 },
};

const key = fc.constantFrom(
  'function',
  'inputs',
  'name',
  'id',
  'action_id',
  'type_info',
  'incident',
  'properties',
  '__proto__',
  'constructor',
  'x',
);
const { value: anyJson } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<JsonValue>(null, true, 0, -1, 1e308, '', 'lookup', '\ud800', 'toString'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}));
const changed = fc.tuple(fc.array(key, { minLength: 1, maxLength: 3 }), anyJson).map(([path, replacement]) => {
  const root = structuredClone(sound) as Record<string, JsonValue>;
  let place: Record<string, JsonValue> = root;
  for (const step of path.slice(0, -1)) {
    const next = Object.hasOwn(place, step) ? place[step] : undefined;
    if (typeof next !== 'object' || next === null || Array.isArray(next)) break;
    place = next as Record<string, JsonValue>;
  }
  Object.defineProperty(place, path.at(-1) ?? 'x', { value: replacement, enumerable: true, configurable: true, writable: true });
  return JSON.stringify(root);
});
const damaged = fc.tuple(changed, fc.nat(), fc.string({ unit: 'binary', maxLength: 3 })).map(([text, at, inserted]) => {
  const place = at % text.length;
  return `${text.slice(0, place)}${inserted}${text.slice(place + 1)}`;
});
/** Deeper than any stack; encoded once. */
const deep = ['[', '{"a":'].map((open) => encode(`{"function":{"name":"lookup"},"inputs":${open.repeat(50_000)}`));
const body = fc.oneof(
  { weight: 20, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  { weight: 20, arbitrary: anyJson.map((value) => encode(JSON.stringify(value))) },
  { weight: 40, arbitrary: changed.map(encode) },
  { weight: 20, arbitrary: damaged.map(encode) },
  { weight: 1, arbitrary: fc.constantFrom(...deep) },
);
const headerText = fc.oneof(
  fc.constantFrom('', 'invid:1', '/queue/acks.201.fn_models', 'application/json', 'FunctionDataDTO', 'ActionDataDTO'),
  fc.string({ maxLength: 20 }),
);
const headers = fc.dictionary(
  fc.constantFrom('reply-to', 'correlation-id', 'Co3ContextToken', 'Co3MessagePayload', 'Co3ContentType', '__proto__', 'constructor'),
  headerText,
);

let engine: EngineUnderTest;

beforeAll(async () => {
  engine = await startEngine({ flows: [chain('f', lookup, ['test.complete'])] });
});
afterAll(async () => {
  await engine.close();
});

test(
  `[engine E1][engine E5] ${readCases} messages, damaged and random, are read or refused with a coded error, and change nothing else`,
  () => {
    let refused = 0;
    fc.assert(
      fc.property(
        body,
        headers,
        fc.constantFrom(queue, 'actions.x', '', 'subscriptions.201.a', '/queue/actions.201.a'),
        (bytes, given, destination) => {
          const startedAtMs = performance.now();
          try {
            readTrigger({ destination, messageId: 'm', headers: { ...given }, body: bytes, receivedAtMs: 1 });
          } catch (thrown) {
            if (!(thrown instanceof WirebookError)) throw thrown;
            refused += 1;
            expect([thrown.code, isErrorCode(thrown.code)]).toEqual([thrown.code, true]);
          }
          expect(performance.now() - startedAtMs).toBeLessThan(caseLimitMs);
        },
      ),
      { numRuns: readCases, interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: true },
    );
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(readCases);
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
  timeLimitMs * 2,
);

test(
  `[engine E1][engine E2][engine E3] ${runCases} of them are each settled, answered once at most, and the engine goes on`,
  async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(body, headers, async (bytes, given) => {
        number += 1;
        const id = `fuzz-${number}`;
        const sentBefore = engine.broker.sent.length;
        const startedAtMs = performance.now();
        engine.put(id, bytes, { ...given, 'reply-to': '/queue/acks.201.fn_models', 'correlation-id': `cid-${id}` });
        await engine.until(() => engine.broker.settledIds.includes(id));
        expect(performance.now() - startedAtMs).toBeLessThan(caseLimitMs * 5);
        const completing = engine.broker.sent.slice(sentBefore).filter((send) => JSON.parse(send.body).complete === true);
        expect(completing.map((send) => send.headers['correlation-id'])).toEqual([`cid-${id}`]);
        expect(engine.fatal).toEqual([]);
      }),
      { numRuns: runCases, interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: true },
    );
    engine.call('last', { a: 1 });
    await engine.until(() => engine.broker.settledIds.includes('last'));
    expect(engine.completions('last')).toMatchObject([{ results: { a: 1 } }]);
  },
  timeLimitMs * 2,
);
