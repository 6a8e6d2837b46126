import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isErrorCode, type JsonValue, WirebookError } from '@wirebook/errors';
import { parseFlow } from '@wirebook/flow';
import { nodeRuntimes as scriptNodes } from '@wirebook/nodes-script/runtime';
import { nodeRuntimes as soarNodes } from '@wirebook/nodes-soar/runtime';
import { nodeRuntimes as webNodes } from '@wirebook/nodes-web/runtime';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chain, type EngineUnderTest, lookup, startEngine } from './engine-under-test.ts';

const cases = 1500;
/** Of one document, with its expressions; more is a hang. */
const caseLimitMs = 2000;
const timeLimitMs = 60_000;
const nodesDir = fileURLToPath(new URL('../../../nodes', import.meta.url));

/** Every example of every node, as text. */
const examples: readonly string[] = readdirSync(nodesDir, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.flow.json') && !/node_modules|dist/.test(path))
  .map((path) => readFileSync(join(nodesDir, path), 'utf8'));

const replacement = fc.oneof(
  fc.constantFrom<JsonValue>(null, true, 0, -1, 1.5, 1e308, '', 'n1', 'n1.out', 'soar.function', [], {}, 'x'.repeat(5000)),
  fc.constantFrom<JsonValue>(
    { $expr: '$inputs.a' },
    { $expr: '(' },
    { $expr: '$steps[0]' },
    { $expr: '('.repeat(3000) },
    { $expr: '$$$$.a.b[c]' },
  ),
  fc.constantFrom<JsonValue>(
    { $template: '{{ }}' },
    { $template: '{{ a' },
    { $secret: 'x' },
    { $env: 'x' },
    { $secret: 1 },
    { $expr: '/(a+)+$/' },
  ),
  fc.string({ maxLength: 40 }).map((text): JsonValue => ({ $expr: text })),
  fc.string({ maxLength: 40 }).map((text): JsonValue => ({ $template: `{{${text}}}` })),
);
/** In half of the documents only the config of nodes is touched: the others seldom get past the door. */
const edit = fc.record({ at: fc.nat(), how: fc.constantFrom('replace', 'remove', 'double', 'rename'), value: replacement });

interface Place {
  readonly holder: JsonValue[] | Record<string, JsonValue>;
  readonly key: string;
}

function placesIn(value: JsonValue): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [{ holder: value as Place['holder'], key }, ...placesIn(part)]);
}

/** A flow that was sound, with values replaced, left out and doubled anywhere in it. */
const edited = fc
  .tuple(fc.constantFrom(...examples), fc.boolean(), fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([text, isConfigOnly, edits]) => {
    const root = JSON.parse(text) as { readonly nodes: readonly { readonly config: JsonValue }[] };
    for (const { at, how, value } of edits) {
      const places = isConfigOnly ? root.nodes.flatMap(({ config }) => placesIn(config)) : placesIn(root as unknown as JsonValue);
      const place = places[at % places.length];
      if (place !== undefined) change(place, isConfigOnly && how === 'rename' ? 'remove' : how, value);
    }
    return JSON.stringify(root);
  });

function change({ holder, key }: Place, how: string, value: JsonValue): void {
  const present = Reflect.get(holder, key) as JsonValue;
  if (how === 'replace') Reflect.set(holder, key, structuredClone(value));
  else if (Array.isArray(holder)) {
    if (how === 'remove') holder.splice(Number(key), 1);
    else holder.push(structuredClone(present));
  } else {
    if (how !== 'double') delete holder[key];
    if (how === 'rename') Object.defineProperty(holder, '__proto__', { value: present, enumerable: true, configurable: true });
    if (how === 'double') holder[`${key}2`] = structuredClone(present);
  }
}

const damaged = fc
  .tuple(
    fc.constantFrom(...examples),
    fc.array(fc.tuple(fc.nat(), fc.string({ unit: 'binary', maxLength: 3 })), { minLength: 1, maxLength: 4 }),
  )
  .map(([text, damages]) =>
    damages.reduce((all, [at, put]) => `${all.slice(0, at % all.length)}${put}${all.slice((at % all.length) + 1)}`, text),
  );
const deepText = fc.constantFrom('[', '{"nodes":').map((open) => open.repeat(20_000));
const document = fc.oneof(
  { weight: 30, arbitrary: edited },
  { weight: 10, arbitrary: damaged },
  { weight: 3, arbitrary: fc.string({ maxLength: 80 }) },
  { weight: 1, arbitrary: deepText },
);

let engine: EngineUnderTest;

beforeAll(async () => {
  engine = await startEngine({
    flows: [chain('before', lookup, ['test.complete'])],
    extraNodes: [...soarNodes, ...webNodes, ...scriptNodes],
  });
});
afterAll(async () => {
  await engine.close();
});

test(
  `[engine F11] ${cases} documents, examples with changes and damages, are deployed or refused with a coded error, and what was deployed goes on`,
  async () => {
    expect(examples.length).toBeGreaterThan(10);
    const seen = { parsed: 0, deployed: 0, refused: 0 };
    let callCount = 0;
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        const startedAtMs = performance.now();
        try {
          const flow = parseFlow(text);
          seen.parsed += 1;
          await engine.engine.deploy([flow]);
          seen.deployed += 1;
          await engine.deploy([chain('before', lookup, ['test.complete'])]);
        } catch (thrown) {
          if (!(thrown instanceof WirebookError)) throw thrown;
          seen.refused += 1;
          expect([thrown.code, isErrorCode(thrown.code)]).toEqual([thrown.code, true]);
        }
        expect(performance.now() - startedAtMs).toBeLessThan(caseLimitMs);
        expect(engine.fatal).toEqual([]);
        if (seen.refused % 50 !== 1) return;
        callCount += 1;
        const id = `after-${callCount}`;
        engine.call(id, { a: callCount });
        await engine.until(() => engine.broker.settledIds.includes(id));
        expect(engine.completions(id)).toMatchObject([{ results: { a: callCount } }]);
      }),
      { numRuns: cases, interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: true },
    );
    expect(seen.refused).toBeGreaterThan(cases / 10);
    expect(seen.parsed).toBeGreaterThan(cases / 20);
    expect(seen.deployed).toBeGreaterThan(5);
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
  timeLimitMs * 2,
);
