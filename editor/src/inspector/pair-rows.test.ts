import { expect, test } from 'vitest';
import { dropUndefined } from './drop-undefined.ts';
import { chooseMarks } from './form/form-marks.tsx';
import { nameOne } from './form/name-one.ts';
import { moveItem } from './move-item.ts';
import { findNumberFault } from './number-fault.ts';
import { findKeyProblem, readPairs, writePairs } from './pair-rows.ts';
import { findRowFields } from './row-fields.ts';

test('[I13] lines without a name wait, of two with one name the first counts, and __proto__ is a name', () => {
  const rows = [
    { id: 0, key: 'a', value: '1' },
    { id: 1, key: '', value: 'x' },
    { id: 2, key: 'a', value: '2' },
    { id: 3, key: '__proto__', value: undefined },
  ];
  expect(Object.entries(writePairs(rows))).toEqual([
    ['a', '1'],
    ['__proto__', ''],
  ]);
  expect(rows.map((row) => findKeyProblem(rows, row))).toEqual([
    undefined,
    'A name is missing.',
    '"a" is there twice; the first counts.',
    undefined,
  ]);
  expect(readPairs({ a: 1 })).toEqual([{ id: 0, key: 'a', value: 1 }]);
  expect(readPairs('no object')).toEqual([]);
});

test('[I4] a field that was emptied leaves no key, at any depth', () => {
  expect(dropUndefined({ a: undefined, b: [{ c: undefined, d: 1 }, undefined], e: null })).toEqual({ b: [{ d: 1 }, null], e: null });
});

test('[I4] an item is moved inside its list only', () => {
  expect(moveItem(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moveItem(['a'], 0, 1)).toEqual(['a']);
  expect(moveItem([], 0, 0)).toEqual([]);
});

test('[I15] the rarer of required and optional is marked', () => {
  const properties = { a: {}, b: {}, c: {} };
  const mostOptional = chooseMarks({ properties, required: ['a'] });
  expect([mostOptional(true, 1), mostOptional(false, 1), mostOptional(true, 3)]).toEqual(['required', '', '']);
  const mostRequired = chooseMarks({ properties, required: ['a', 'b'] });
  expect([mostRequired(true, 1), mostRequired(false, 1)]).toEqual(['', 'optional']);
});

test('[I15] a button of a list names one of what it adds', () => {
  expect(['Cases', 'Key columns', 'Entries', 'Access'].map(nameOne)).toEqual(['case', 'key column', 'entry', 'access']);
});

test('[I15] a setting of the flow that is out of bounds says why', () => {
  const field = { type: 'integer', minimum: 1, maximum: 10 } as const;
  expect(findNumberFault(field, 5)).toBeUndefined();
  expect(findNumberFault(field, undefined)).toBeUndefined();
  expect(findNumberFault(field, 50)).toBe('Must be at most 10, got 50.');
  expect(findNumberFault(field, '5x')).toBe('Must be a whole number, got "5x".');
});

test('[I7] the fields of a row are found by its path', () => {
  const row = { column: { type: 'string' } } as const;
  const schema = { properties: { cells: { type: 'array', items: { properties: row } } } } as const;
  expect(findRowFields(schema, ['cells', 3])).toEqual(row);
  expect(findRowFields(schema, ['other'])).toEqual({});
});
