import { expect, test } from 'vitest';
import { describeDeployed, describeSave } from './draft-words.ts';
import { openTestFlow, testFlow } from './open-flow.stand-in.ts';

test('[C26] how the draft stands with what runs is said in words, and counts changes of behaviour only', () => {
  const document = testFlow();
  expect(describeDeployed(openTestFlow(document).getState())).toBe('not deployed');
  const store = openTestFlow(document, { version: 4, document });
  store.change({ kind: 'nodes-moved', positions: { a: [0, 40] } }, { label: 'Move' });
  expect(describeDeployed(store.getState())).toBe('version 4 runs');
  store.change({ kind: 'nodes-removed', nodeIds: ['c'] }, { label: 'Delete' });
  expect(describeDeployed(store.getState())).toBe('2 changes not deployed');
});

test('[C26] how the draft stands with the server is said in words', () => {
  const clock = () => '12:04';
  expect(describeSave({ kind: 'saved', atMs: 1 }, clock)).toBe('draft saved 12:04');
  expect(describeSave({ kind: 'offline', reason: 'server not reached' }, clock)).toBe('not saved: server not reached');
});
