import { expect, test } from 'vitest';
import { flattenInputs } from './flatten-inputs.ts';

test('[V9] names, contents and lists of names are taken, the rest stays, the source is not changed', () => {
  const inputs = {
    text: 'abc',
    number: 12,
    boolean: false,
    select: { id: 52, name: 'select one' },
    multiselect: [{ id: 55, name: 'one' }, 'plain', { id: 56 }, [1]],
    rich: { format: 'html', content: '<b>x</b>' },
    both: { name: 'n', content: 'c' },
    emptyRich: { format: 'text', content: '' },
    emptyName: { name: '', content: 'c' },
    unset: null,
  };
  const before = structuredClone(inputs);
  expect(flattenInputs(inputs)).toEqual({
    text: 'abc',
    number: 12,
    boolean: false,
    select: 'select one',
    multiselect: ['one', 'plain', { id: 56 }, [1]],
    rich: '<b>x</b>',
    both: 'n',
    emptyRich: { format: 'text', content: '' },
    emptyName: 'c',
    unset: null,
  });
  expect(inputs).toEqual(before);
});

test('[V9] own keys only: nothing is inherited into the inputs, and __proto__ is no input', () => {
  const inherited = Object.create({ name: 'inherited' }) as { name: string };
  const flat = flattenInputs({ a: { ...inherited }, ...JSON.parse('{"__proto__":{"polluted":1}}') });
  expect(JSON.stringify(flat)).toBe('{"a":{}}');
  expect(Object.getPrototypeOf(flat)).toBe(Object.prototype);
});
