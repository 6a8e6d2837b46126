import { expect, test } from 'vitest';
import { readEngineCommand } from './read-engine-command.ts';

test.each([
  '{"type":"deploy","id":1,"flows":[{"id":"f"}]}',
  '{"type":"switches","switches":{"f":{"n":true}}}',
  '{"type":"dead-letters","id":2,"messageId":null}',
  '{"type":"dead-letters","id":2,"messageId":"ID:a"}',
  '{"type":"inject","id":3,"injection":{"flowId":"f","nodeId":"n","message":{"a":1}}}',
  '{"type":"stop","drainMs":0}',
])('[B10] %s is taken', (text) => {
  expect(readEngineCommand(text)).toEqual(JSON.parse(text));
});

test.each([
  'no json',
  '[]',
  '{"__proto__":{"type":"stop","drainMs":0}}',
  '{"type":"deploy","id":1,"flows":{}}',
  '{"type":"deploy","id":"1","flows":[]}',
  '{"type":"switches","switches":[1]}',
  '{"type":"switches","switches":{"f":true}}',
  '{"type":"dead-letters","id":2}',
  '{"type":"inject","id":3,"injection":{"flowId":"f","nodeId":"n","message":[1]}}',
  '{"type":"inject","id":3,"injection":{"flowId":"f","message":{}}}',
  '{"type":"stop","drainMs":-1}',
  '{"type":"toString"}',
])('[B10] %s is refused', (text) => {
  expect(() => readEngineCommand(text)).toThrow(expect.objectContaining({ code: 'ENGINE_COMMAND_INVALID' }));
});

test('[B10] a node is not switched on by something that is not true', () => {
  expect(readEngineCommand('{"type":"switches","switches":{"f":{"n":1}}}')).toEqual({ type: 'switches', switches: { f: { n: false } } });
});
