import { expect, test } from 'vitest';
import { completeExpression } from './expression-completion.ts';
import type { ExpressionScope } from './expression-scope.ts';
import { expressionFunctions } from './jsonata-functions.ts';

const scope: ExpressionScope = {
  steps: [
    { name: 'Find the model', detail: 'Set' },
    { name: 'Lookup', detail: 'HTTP request' },
  ],
  inputs: [{ name: 'model_id', detail: 'Model ID' }],
  message: { incident: { id: 1, 'first name': 'x' }, list: [{ inner: 1 }] },
  trigger: { body: { artifact: { value: 'v' } }, extra: 1 },
  recordedInputs: { model_id: 'PX', other: 2 },
};

function complete(text: string, isTemplate = false) {
  const caret = text.includes('|') ? text.indexOf('|') : text.length;
  const { from, items } = completeExpression(text.replace('|', ''), caret, scope, isTemplate);
  return { from, labels: items.map(({ label }) => label), inserts: items.map(({ insert }) => insert) };
}

test('[I8] earlier nodes follow $steps, quoted where their name needs it', () => {
  expect(complete('$steps.')).toMatchObject({ from: 7, inserts: ['`Find the model`', 'Lookup'] });
  expect(complete('1 + $steps.lo')).toMatchObject({ from: 11, labels: ['Lookup'] });
  expect(complete('$steps.`Find t')).toMatchObject({ from: 7, inserts: ['`Find the model`'] });
});

test('[I8] inputs are those of the function, and then those of the last run', () => {
  expect(complete('$inputs.').labels).toEqual(['model_id', 'other']);
});

test('[I8] the trigger and the message are walked as they were recorded', () => {
  expect(complete('$trigger.body.').labels).toEqual(['artifact']);
  expect(complete('$trigger.bo').labels).toEqual(['body']);
  expect(complete('$trigger.ext').labels).toEqual(['extra']);
  expect(complete('incident.').inserts).toEqual(['id', '`first name`']);
  expect(complete('list.inn').labels).toEqual(['inner']);
  expect(complete('list[0].').labels).toEqual(['inner']);
  expect(complete('inc').labels[0]).toBe('incident');
});

test('[I8] functions and variables are offered behind a dollar sign, those that begin so first', () => {
  expect(complete('$up').labels[0]).toBe('$uppercase');
  expect(complete('$').labels.slice(0, 3)).toEqual(['$steps', '$inputs', '$trigger']);
  expect(complete('$sum(li').labels).toContain('list');
  expect(completeExpression('$uppe', 5, scope, false).items[0]).toMatchObject({ insert: '$uppercase()', caretBack: 1 });
});

test('[I8] nothing is offered inside a text, and where nothing is known', () => {
  expect(complete('"inc').labels).toEqual([]);
  expect(complete("incident.id = 'a").labels).toEqual([]);
  expect(complete('$steps.Lookup.').labels).toEqual([]);
  expect(complete('unknown.path.').labels).toEqual([]);
});

test('[I8] a template is completed inside its braces only', () => {
  expect(complete('Hello inc', true).labels).toEqual([]);
  expect(complete('Hello {{ inc', true).labels).toContain('incident');
  expect(complete('Hello {{ incident.id }} inc', true).labels).toEqual([]);
  expect(complete('{{ $steps.| }}', true).labels).toEqual(['Find the model', 'Lookup']);
});

test('[I8] each function has its name, parameters and what it gives', () => {
  expect(expressionFunctions.filter(({ name, gives }) => name === '' || gives === '')).toEqual([]);
  expect(new Set(expressionFunctions.map(({ name }) => name)).size).toBe(expressionFunctions.length);
});
