// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import type { NodeDescriptor } from '@wirebook/node-kit';
import { afterEach, expect, test } from 'vitest';
import { openForm } from './form-scene.stand-in.tsx';

afterEach(cleanup);

const descriptor: NodeDescriptor = {
  type: 'test.step',
  version: 1,
  label: 'Step',
  summary: 'For tests.',
  category: 'web',
  icon: 'world',
  inputs: { in: { label: 'in' } },
  outputs: { out: { label: 'out' } },
  config: { type: 'object', additionalProperties: false, required: [], properties: { a: { type: 'string' } } },
  sideEffect: 'none',
  permissions: [],
};

function open(changes: Partial<NodeDescriptor> = {}) {
  const { store } = openForm({ descriptor: { ...descriptor, ...changes }, config: {}, isWhole: true });
  return { store, node: () => store.getState().document.nodes[0] };
}

function type(label: string, value: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

test('[I16] a policy is switched on with its defaults, changed, and comes back by undo', () => {
  const { store, node } = open();
  fireEvent.click(screen.getByLabelText('Try again after an error'));
  expect(node()?.retry).toMatchObject({ times: 3, delayMs: 1000, on: 'retryable' });
  type('Further tries', '5');
  expect(node()?.retry?.times).toBe(5);
  type('Further tries', '21');
  expect(node()?.retry?.times).toBe(5);
  expect(screen.getByText(/at most 20/)).toBeDefined();
  // What follows at once is one step with the switch.
  act(() => store.undo());
  expect(node()?.retry).toBeUndefined();
  act(() => store.redo());
  expect(screen.getByLabelText<HTMLInputElement>('Further tries').value).toBe('5');
});

test('[I16] codes are asked for when they are chosen, and an empty list is not put into the flow', () => {
  const { node } = open();
  fireEvent.click(screen.getByLabelText('Try again after an error'));
  fireEvent.change(screen.getByLabelText('After'), { target: { value: '"codes"' } });
  expect(node()?.retry?.on).toBe('retryable');
  fireEvent.click(screen.getByRole('button', { name: 'Add' }));
  type('Codes 1', 'HTTP_STATUS');
  expect(node()?.retry?.on).toEqual(['HTTP_STATUS']);
});

test('[I16] a node has a time limit of its own, or none', () => {
  const { node } = open();
  type('Time limit of a step', '5000');
  expect(node()?.timeoutMs).toBe(5000);
  type('Time limit of a step', '5');
  expect(node()?.timeoutMs).toBe(5000);
  type('Time limit of a step', '');
  expect(node()).not.toHaveProperty('timeoutMs');
});

test('[I16] a node that replies is offered no retries, and a source nothing of this', () => {
  open({ category: 'replies' });
  expect(screen.queryByLabelText('Try again after an error')).toBeNull();
  expect(screen.getByLabelText('Time limit of a step')).toBeDefined();
  cleanup();
  open({ source: { kind: 'function' } });
  expect(screen.queryByLabelText('Time limit of a step')).toBeNull();
});
