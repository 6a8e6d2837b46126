import type { ConfigField } from '@wirebook/node-kit';
import { expect, test } from 'vitest';
import { chooseWidget } from './choose-widget.ts';

test.each<[ConfigField, object]>([
  [{ type: 'string' }, { kind: 'text' }],
  [{ type: 'string', 'x-editor': 'text:multiline' }, { kind: 'multiline' }],
  [{ type: 'integer' }, { kind: 'number' }],
  [{ type: 'number' }, { kind: 'number' }],
  [{ type: 'boolean' }, { kind: 'boolean' }],
  [{ type: 'string', enum: ['a', 'b'] }, { kind: 'choice' }],
  [{ type: 'array', items: { type: 'string' } }, { kind: 'texts' }],
  [{ type: 'array', items: { type: 'integer' } }, { kind: 'list' }],
  [{ type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } }, { kind: 'list' }],
  [{ type: 'object', properties: { a: { type: 'string' } } }, { kind: 'group' }],
  [{ type: 'object', additionalProperties: { type: 'string' } }, { kind: 'key-value' }],
  [{ type: 'object' }, { kind: 'json' }],
  [{}, { kind: 'json' }],
  [{ 'x-editor': 'json' }, { kind: 'json' }],
  [{ 'x-editor': 'expression:boolean' }, { kind: 'condition' }],
  [{ 'x-editor': 'value:field' }, { kind: 'platform-value' }],
  [{ type: 'string', 'x-editor': 'code:jsonata' }, { kind: 'jsonata' }],
  [{ type: 'integer', 'x-editor': 'duration' }, { kind: 'duration' }],
  [
    { type: 'string', 'x-editor': 'code:javascript' },
    { kind: 'code', language: 'javascript' },
  ],
  [
    { type: 'string', 'x-editor': 'picker:function' },
    { kind: 'picker', source: { kind: 'function' } },
  ],
  [
    { type: 'string', 'x-editor': 'picker:field:incident' },
    { kind: 'picker', source: { kind: 'field', objectType: 'incident' } },
  ],
  [
    { type: 'array', items: { type: 'string' }, 'x-editor': 'picker:columns' },
    { kind: 'pickers', source: { kind: 'column' } },
  ],
  [
    { type: 'array', items: { type: 'string' }, 'x-editor': 'picker:rules' },
    { kind: 'pickers', source: { kind: 'rules' } },
  ],
])('[I1] %j is drawn as %j', (field, choice) => {
  expect(chooseWidget(field)).toEqual(choice);
});

test('[I1] an x-editor that is not known leaves the choice to the type, and is a text field where there is none', () => {
  expect(chooseWidget({ type: 'string', 'x-editor': 'picker:moon' })).toEqual({ kind: 'text' });
  expect(chooseWidget({ type: 'boolean', 'x-editor': 'lamp' })).toEqual({ kind: 'boolean' });
  expect(chooseWidget({ 'x-editor': 'lamp' })).toEqual({ kind: 'text' });
});
