import { expect, test } from 'vitest';
import { describeType, makeScriptTypings } from './script-typings.ts';

test.each([
  ['text', 'string'],
  [5, 'number'],
  [null, 'any'],
  [[], 'any[]'],
  [[1, 'a', 2], 'Array<number | string>'],
  [{}, 'Record<string, any>'],
  [{ 'a b': { c: [{ d: true }] } }, '{ "a b": { "c": Array<{ "d": boolean }> } }'],
])('[I9] %j is described as %s', (value, type) => {
  expect(describeType(value)).toBe(type);
});

test('[I9] a value without end in depth, or with very many keys, ends', () => {
  let deep: unknown = 1;
  for (let level = 0; level < 100; level += 1) deep = { deep };
  const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, index]));
  expect(describeType(deep).length).toBeLessThan(1000);
  expect(describeType(wide)).not.toContain('k200"');
});

test('[I9] message, trigger and inputs have the shape of the last run, and any shape before there was one', () => {
  const recorded = { runId: 'r', stepId: 1, atMs: 0, outputs: {}, isTruncated: false };
  const typed = makeScriptTypings({
    ...recorded,
    input: { id: 1 },
    trigger: { headers: {}, body: { incident: { id: 7 } } },
    inputs: { model: 'x' },
  });
  expect(typed).toContain('declare const message: { "id": number };');
  expect(typed).toContain('readonly body: { "incident": { "id": number } };');
  expect(typed).toContain('declare const $inputs: { "model": string };');
  expect(makeScriptTypings(null)).toContain('declare const message: any;');
  expect(makeScriptTypings({ ...recorded, input: null, trigger: { incident: 1 }, inputs: null })).toContain(
    'readonly body: { "incident": number };',
  );
});
