// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import type { FlowProblem } from '@wirebook/flow';
import { afterEach, expect, test } from 'vitest';
import { openFlowSettings } from './form-scene.stand-in.tsx';
import { describeFlowProblem } from './problem-text.ts';

afterEach(cleanup);

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
function type(label: string, value: string): void {
  fireEvent.change(field(label), { target: { value } });
}

test('[I19] limits are typed in readable units, and come back by undo', () => {
  const { store } = openFlowSettings();
  expect(field('Time limit of a run').value).toBe('5 min');
  type('Time limit of a run', '1 min 30 s');
  expect(store.getState().document.settings.timeoutMs).toBe(90_000);
  expect(store.getState().undoSteps).toHaveLength(1);
  act(() => store.undo());
  expect(store.getState().document.settings.timeoutMs).toBe(300_000);
  expect(field('Time limit of a run').value).toBe('5 min');
});

test('[I19] what is out of bounds stays out of the flow and says why', () => {
  const { store } = openFlowSettings();
  const { settings } = store.getState().document;
  type('Time limit of a step', '2 d');
  expect(screen.getByText('Must be at most 1 d.')).toBeDefined();
  type('Time limit of a run', 'soon');
  expect(screen.getByText(/Write a time such as/)).toBeDefined();
  type('Runs at one time', '0');
  type('Name', ' ');
  expect(screen.getByText('A flow needs a name.')).toBeDefined();
  expect(store.getState().document.settings).toEqual(settings);
  expect(store.getState().document.name).toBe('F');
});

test('[I19] name and order get into the flow; an emptied order is none', () => {
  const { store } = openFlowSettings();
  type('Name', 'Ticket desk ');
  expect(store.getState().document.name).toBe('Ticket desk');
  expect(field('Name').value).toBe('Ticket desk ');
  type('Keep order by', 'incident.id');
  expect(store.getState().document.settings.orderBy).toBe('incident.id');
  type('Keep order by', '');
  expect(store.getState().document.settings.orderBy).toBeNull();
});

test('[I20] a problem of the order stands at its field, and leads to it', () => {
  const { store } = openFlowSettings();
  const problem: FlowProblem = {
    code: 'FLOW_EXPRESSION_INVALID',
    severity: 'error',
    message: 'setting "orderBy": expression "a (", position 3: expected ")"',
    field: 'settings.orderBy',
  };
  expect(describeFlowProblem(problem)).toBe('Keep order by: expression "a (", position 3: expected ")".');
  act(() => store.setProblems([problem]));
  expect(screen.getByText('Position 3: expected ")".')).toBeDefined();
  act(() => store.inspect({ nodeId: null, field: 'settings.orderBy' }));
  expect(document.activeElement).toBe(field('Keep order by'));
});
