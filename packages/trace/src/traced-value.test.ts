import { expect, test } from 'vitest';
import { readTraceEvents } from './read-trace-events.ts';
import { countUtf8Bytes, toTracedValue } from './traced-value.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

test('[P1] a value that fits is kept whole, with its size in bytes of UTF-8', () => {
  const value = { a: 'é😀', b: [1, null, true] };
  const traced = toTracedValue(value, 100);
  expect(traced).toEqual({ value, sizeBytes: bytesOf(value), truncated: false });
  expect(traced.value).toBe(value);
});

test('[P1] bytes of UTF-8 are counted as an encoder counts them', () => {
  for (const text of ['', 'abc', 'é', '€', '😀', 'a😀é€', '\ud800', '\udc00x', '😀\ud83d']) {
    expect(countUtf8Bytes(text), JSON.stringify(text)).toBe(new TextEncoder().encode(text).length);
  }
});

test('[P2] a value that does not fit is cut to its beginning and tells its true size', () => {
  expect(toTracedValue('x'.repeat(1000), 20)).toEqual({ value: `${'x'.repeat(15)}…`, sizeBytes: 1002, truncated: true });
  const cut = toTracedValue({ first: 'kept', list: Array.from({ length: 1000 }, (_, index) => index), last: 'gone' }, 100);
  expect(cut).toMatchObject({
    sizeBytes: bytesOf({ first: 'kept', list: Array.from({ length: 1000 }, (_, index) => index), last: 'gone' }),
    truncated: true,
  });
  expect(JSON.stringify(cut.value)).toMatch(/^\{"first":"kept","list":\[0,1,2,3[^a-z]*\]\}$/);
});

test('[P2] what is left of a cut value has about the size allowed, whatever it is made of', () => {
  const values = [
    '😀'.repeat(10_000),
    '\u0000'.repeat(10_000),
    Array.from({ length: 10_000 }, () => ({ key: 'value' })),
    { a: { b: { c: 'é'.repeat(9000) } } },
  ];
  for (const value of values) {
    const { value: cut } = toTracedValue(value, 1000);
    expect(bytesOf(cut)).toBeLessThanOrEqual(1500);
    expect(bytesOf(cut)).toBeGreaterThan(100);
    expect(JSON.stringify(cut)).not.toMatch(/\\ud83d…/);
  }
});

test('[P3] stored events read back, and what is no event of ours is left out', () => {
  const event = { type: 'step.finished', seq: 1, atMs: 2, stepId: 3 };
  const others = [
    null,
    5,
    'x',
    { type: 'step.finished' },
    { ...event, type: 'step.danced' },
    { ...event, type: 'toString' },
    { ...event, seq: '1' },
  ];
  expect(readTraceEvents(JSON.stringify([event, ...others]))).toEqual([event]);
  expect(readTraceEvents('{"type":"step.finished"}')).toEqual([]);
  expect(readTraceEvents('[{"type":"step.fin')).toEqual([]);
});
