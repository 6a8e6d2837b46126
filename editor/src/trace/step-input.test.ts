import type { RunDetail } from '@wirebook/api';
import type { StepView } from '@wirebook/trace';
import { expect, test } from 'vitest';
import { findStepInput } from './step-input.ts';

const detail = {
  view: { attempts: [{ attempt: 1 }, { attempt: 2 }] },
  inputs: { 1: 'second try', '1:1': 'first try', 2: 'cut…' },
  cutInputs: ['2'],
} as unknown as RunDetail;
const step = (attempt: number, stepId: number) => ({ attempt, stepId }) as StepView;

test('[T4] a step shows what it was given in its own attempt, and whether that is cut', () => {
  expect(findStepInput(detail, step(2, 1))).toMatchObject({ value: 'second try', truncated: false });
  expect(findStepInput(detail, step(1, 1))).toMatchObject({ value: 'first try' });
  expect(findStepInput(detail, step(2, 2))).toMatchObject({ truncated: true });
  expect(findStepInput(detail, step(1, 2))).toBeNull();
});
