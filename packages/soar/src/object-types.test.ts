import { expect, test } from 'vitest';
import { findObjectTypeName } from './object-types.ts';

test('[V17] object types by id', () => {
  expect([0, 1, 4, 8, 13, 1001, 2000, 999, -1].map(findObjectTypeName)).toEqual([
    'incident',
    'task',
    'artifact',
    'datatable',
    '__emailmessage',
    'datatable',
    'datatable',
    undefined,
    undefined,
  ]);
});
