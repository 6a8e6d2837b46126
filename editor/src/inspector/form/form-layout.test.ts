import type { ConfigField } from '@wirebook/node-kit';
import { expect, test } from 'vitest';
import { isShown } from './field-visibility.ts';
import { groupFields } from './group-fields.ts';
import { summariseGroup } from './group-summary.ts';

const properties = {
  name: { type: 'string' },
  wait: { type: 'string', enum: ['none', 'defer', 'debounce'], default: 'none', title: 'Wait', 'x-group': 'Waiting' },
  waitMs: { type: 'integer', default: 1000, title: 'Time', 'x-editor': 'duration', 'x-group': 'Waiting' },
  key: { type: 'string', default: '', title: 'Key', 'x-group': 'Waiting', 'x-shown-when': { field: 'wait', is: ['debounce'] } },
  skip: { type: 'boolean', default: false, title: 'Skip others', 'x-shown-when': { field: 'wait', isNot: ['none'] } },
} as const satisfies Record<string, ConfigField>;

const shown = (name: keyof typeof properties, values: Readonly<Record<string, unknown>>) => isShown(properties[name], properties, values);

test('[I18] a field is drawn while the value of the other one fits, its default where nothing is given', () => {
  expect(shown('name', {})).toBe(true);
  expect(shown('key', {})).toBe(false);
  expect(shown('key', { wait: 'debounce' })).toBe(true);
  expect(shown('skip', { wait: 'none' })).toBe(false);
  expect(shown('skip', { wait: 'defer' })).toBe(true);
});

test('[I18] what is computed may be any value, so the field is drawn', () => {
  expect(shown('key', { wait: { $expr: 'x' } })).toBe(true);
});

test('[I18] fields without a group come first, groups in the order of their first field', () => {
  const fields = { ...properties, last: { type: 'string' }, text: { 'x-group': 'Replies' } } as const;
  expect(groupFields(fields, Object.keys(fields))).toEqual([
    { title: null, names: ['name', 'skip', 'last'] },
    { title: 'Waiting', names: ['wait', 'waitMs', 'key'] },
    { title: 'Replies', names: ['text'] },
  ]);
  expect(groupFields(fields, ['wait'])).toEqual([{ title: 'Waiting', names: ['wait'] }]);
});

test('[I18] the head of a group says in one line what is set', () => {
  const summarise = (values: Readonly<Record<string, unknown>>, names: readonly (keyof typeof properties)[]) =>
    summariseGroup(names.map((name) => ({ name, field: properties[name], value: values[name] })));
  const all = ['wait', 'waitMs', 'key', 'skip'] as const;
  expect(summarise({}, all)).toBe('none');
  expect(summarise({}, ['waitMs', 'key'])).toBe('not set');
  expect(summarise({ wait: 'debounce', waitMs: 90_000, key: 'incident.id', skip: true }, all)).toBe(
    'debounce · Time 1 min 30 s · Key: incident.id · Skip others',
  );
  expect(summarise({ waitMs: { $expr: 'ms' } }, ['waitMs'])).toBe('Time: ms');
});
