import { expect, test } from 'vitest';
import { type PathStep, toExpressionPath, toStepRoot } from './json-path.ts';

test.each<[string, PathStep[], string]>([
  ['', [], '$'],
  ['', ['model_id'], 'model_id'],
  ['', ['model', 'parts', 2, 'name'], 'model.parts[2].name'],
  ['', [0, 1, 'x'], '$[0][1].x'],
  ['', ['first name'], '`first name`'],
  ['', ['2nd', 'größe'], '`2nd`.`größe`'],
  ['', ['and', 'null'], '`and`.`null`'],
  ['', ['a`b', 'c'], '$."a`b".c'],
  ['', [''], '$.""'],
  ['$trigger.body', ['incident', 'properties', 'a-b'], '$trigger.body.incident.properties.`a-b`'],
  ['$trigger', [], '$trigger'],
])('[T1] from %j the steps %j are the expression %s', (root, steps, path) => {
  expect(toExpressionPath(root, steps)).toBe(path);
});

test('[T1] the output of a node is reached by its name', () => {
  expect(toStepRoot('Find the model')).toBe('$steps.`Find the model`');
  expect(toStepRoot('Lookup')).toBe('$steps.Lookup');
  expect(toExpressionPath(toStepRoot('A `b`'), ['x', 0])).toBe('$steps."A `b`".x[0]');
});
