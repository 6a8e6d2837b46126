import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findAtPath, parseOwnPath, withAtPath } from './own-path.ts';

const bounds = { seed: 20_261_124, numRuns: 2000 } as const;
const inherited = ['__proto__', 'prototype', 'constructor', 'hasOwnProperty', 'toString', 'length', '__defineGetter__', 'valueOf'];
const key = fc.oneof(
  fc.constantFrom('a', 'b', 'c', '0', '1', '-1', '1.5', ' 1', '0x1', '1e0', ''),
  fc.constantFrom(...inherited),
  fc.string({ maxLength: 8, unit: 'binary' }),
);
const keys = fc.array(key, { minLength: 1, maxLength: 8 });
const path = fc.oneof(
  keys.map((parts) => parts.join('.')),
  fc.string({ maxLength: 60, unit: 'binary' }),
);

/** JSON as it is parsed, where `__proto__` may be a key of its own. */
const json = fc
  .letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(null, true, 0, 'text'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc
        .array(fc.tuple(key, tie('value')), { maxLength: 4 })
        .map(toJsonText)
        .map(parse),
    ),
  }))
  .value.map((value) => value as JsonValue);
const object = json.map((value): JsonObject => (isJsonObject(value) ? value : { a: value }));

function toJsonText(entries: readonly (readonly [string, unknown])[]): string {
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

function parse(text: string): unknown {
  return JSON.parse(text);
}

/** Undefined when it is refused, which only a coded error may do. */
function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch (thrown) {
    if (thrown instanceof WirebookError && thrown.code === 'NODE_INPUT_INVALID') return undefined;
    throw thrown;
  }
}

/** The prototypes as they are now, so that a change of any of them shows. */
function describePrototypes(): string {
  return JSON.stringify(
    [Object.prototype, Array.prototype, Function.prototype, String.prototype, Number.prototype].map((prototype) =>
      Reflect.ownKeys(prototype).map((name) => [String(name), typeof Reflect.getOwnPropertyDescriptor(prototype, name)?.value]),
    ),
  );
}

/** What is reached by own properties alone, written another way: each object becomes a map. */
function findSlowly(value: JsonValue, parts: readonly string[]): JsonValue | undefined {
  const [first, ...rest] = parts;
  if (first === undefined) return value;
  if (Array.isArray(value)) {
    const items = new Map<string, JsonValue>(value.map((item, index) => [String(index), item]));
    return continueAt(items.get(first), rest);
  }
  return isJsonObject(value) ? continueAt(new Map(Object.entries(value)).get(first), rest) : undefined;
}

function continueAt(value: JsonValue | undefined, rest: readonly string[]): JsonValue | undefined {
  return value === undefined ? undefined : findSlowly(value, rest);
}

test('[P1] a path that is taken gives its keys back, and no key is empty or leads to a prototype', () => {
  fc.assert(
    fc.property(path, (text) => {
      const parsed = attempt(() => parseOwnPath(text));
      const isForbidden = text.split('.').some((part) => part === '' || ['__proto__', 'prototype', 'constructor'].includes(part));
      expect(parsed === undefined).toBe(isForbidden);
      if (parsed !== undefined) expect(parsed.join('.')).toBe(text);
    }),
    bounds,
  );
});

test('[P2] what a path finds is reached by own keys and list positions only', () => {
  fc.assert(
    fc.property(json, keys, (value, parts) => {
      expect(findAtPath(value, parts)).toBe(findSlowly(value, parts));
    }),
    bounds,
  );
});

test('[P3] what is put at a path is found there, all else stays, and neither the target nor a prototype changes', () => {
  const prototypes = describePrototypes();
  fc.assert(
    fc.property(object, keys, json, (target, parts, value) => {
      const before = JSON.stringify(target);
      const changed = attempt(() => withAtPath(target, parts, value));
      expect(JSON.stringify(target)).toBe(before);
      expect(describePrototypes()).toBe(prototypes);
      if (changed === undefined) return;
      expect(findAtPath(changed, parts)).toBe(value);
      expect(Object.getPrototypeOf(changed)).toBe(Object.prototype);
      const [first = ''] = parts;
      for (const [name, kept] of Object.entries(target)) if (name !== first) expect(findAtPath(changed, [name])).toBe(kept);
      expect(new Set(Object.keys(changed))).toEqual(new Set([...Object.keys(target), first]));
    }),
    bounds,
  );
});

test('[P1] a key that leads to a prototype is refused at every depth', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b'), { maxLength: 5 }),
      fc.constantFrom('__proto__', 'prototype', 'constructor', ''),
      (parts, bad) => {
        expect(attempt(() => withAtPath({ a: { b: {} } }, [...parts, bad, 'polluted'], true))).toBeUndefined();
        expect(attempt(() => parseOwnPath([...parts, bad, 'x'].join('.')))).toBeUndefined();
      },
    ),
    bounds,
  );
});

test('[P4] a path of more than 100 keys is refused, however long it is', () => {
  expect(parseOwnPath(Array.from({ length: 100 }, () => 'a').join('.'))).toHaveLength(100);
  for (const length of [101, 200_000]) {
    expect(() => parseOwnPath(Array.from({ length }, () => 'a').join('.'))).toThrow(
      expect.objectContaining({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining(`has ${length} keys; 100 is the most`) }),
    );
  }
});
