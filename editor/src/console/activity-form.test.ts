import type { ConsoleAction, PlatformField } from '@wirebook/api';
import { expect, test } from 'vitest';
import { findFormProblems, makeEmptyValues, toProperties } from './activity-form.ts';
import { readZonedTime } from './zoned-time.ts';

function field(name: string, inputType: string, part: Partial<PlatformField> = {}) {
  return {
    kind: 'field',
    field: { id: 1, name, label: name, prefix: 'properties', inputType, required: null, values: [], ...part },
  } as const;
}

const priorities = [
  { value: 51, label: 'Low', isEnabled: true },
  { value: 52, label: 'High', isEnabled: true },
];
const action: ConsoleAction = {
  ruleId: 1,
  name: 'Create Ticket',
  form: [
    { kind: 'header', text: 'Ticket' },
    field('priority', 'select', { required: 'always', values: priorities, label: 'Ticket Priority' }),
    field('teams', 'multiselect', { values: priorities }),
    field('count', 'number'),
    field('urgent', 'boolean'),
    field('day', 'datepicker'),
    field('moment', 'datetimepicker'),
    field('comment', 'textarea'),
  ],
};

test('[N1] a form begins empty and says what it requires', () => {
  const values = makeEmptyValues(action);
  expect(values).toEqual({ priority: '', teams: [], count: '', urgent: '', day: '', moment: '', comment: '' });
  expect(findFormProblems(action, values)).toEqual({ priority: 'Ticket Priority is required.' });
  expect(findFormProblems(action, { ...values, priority: '51', count: '1.5' })).toEqual({ count: 'count takes a whole number.' });
});

test('[N2] values go to the platform in its form, and what is empty is left out', () => {
  const values = {
    priority: '52',
    teams: ['51', '52'],
    count: '7',
    urgent: 'false',
    day: '2026-11-24',
    moment: '2026-11-24T12:00',
    comment: 'a <b>',
  };
  expect(toProperties(action, values, 'Europe/Berlin')).toEqual({
    priority: 52,
    teams: [51, 52],
    count: 7,
    urgent: false,
    day: Date.UTC(2026, 10, 24),
    moment: Date.UTC(2026, 10, 24, 11),
    comment: 'a <b>',
  });
  expect(toProperties(action, makeEmptyValues(action), 'UTC')).toEqual({});
});

test.each([
  ['2026-07-01T12:00', Date.UTC(2026, 6, 1, 10)],
  ['2026-03-29T03:30', Date.UTC(2026, 2, 29, 1, 30)],
  ['2026-10-25T01:30', Date.UTC(2026, 9, 24, 23, 30)],
  ['2026-01-01T00:00', Date.UTC(2025, 11, 31, 23)],
])('[N2] %s in Berlin is the right moment, also near a change of the clocks', (text, atMs) => {
  expect(readZonedTime(text, 'Europe/Berlin')).toBe(atMs);
});

test('[N2] what is no time is none', () => {
  expect(readZonedTime('', 'UTC')).toBeNull();
});
