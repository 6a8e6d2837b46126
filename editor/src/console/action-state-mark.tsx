import type { ActionState } from '@wirebook/api';
import { type ProgressState, RunStatusMark } from '../trace/run-status.tsx';

const states: Readonly<Record<ActionState, ProgressState>> = {
  Pending: 'waiting',
  Complete: 'succeeded',
  Error: 'failed',
  'Timed Out': 'timed-out',
};

/** In the order in which the platform offers them. */
export const actionStates = ['Pending', 'Complete', 'Error', 'Timed Out'] as const satisfies readonly ActionState[];

/** The state of an action in the words of the platform. */
export function ActionStateMark({ state }: { readonly state: ActionState }) {
  return <RunStatusMark state={states[state]} word={state} />;
}
