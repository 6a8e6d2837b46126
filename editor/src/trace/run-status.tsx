import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClockHour4,
  IconClockX,
  IconLoader,
  IconPlayerSkipForward,
  IconPlayerStop,
  type IconProps,
  IconRepeat,
} from '@tabler/icons-react';
import type { RunStatus } from '@wirebook/api';
import type { StepView } from '@wirebook/trace';
import type { ComponentType } from 'react';
import { StateMark, type Tone } from '../app/state-mark.tsx';

/** How a run or a step stands; waiting: it has begun and something else has to happen first. */
export type ProgressState = RunStatus | 'waiting' | 'handled' | 'reused';

interface StateWords {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: ComponentType<IconProps>;
}

/** The one place where states of runs have words, icons and colours. */
const stateWords: Readonly<Record<ProgressState, StateWords>> = {
  running: { word: 'Running', tone: 'info', icon: IconLoader },
  waiting: { word: 'Waiting', tone: 'warn', icon: IconClockHour4 },
  succeeded: { word: 'Succeeded', tone: 'good', icon: IconCircleCheck },
  failed: { word: 'Failed', tone: 'bad', icon: IconCircleX },
  'timed-out': { word: 'Timed out', tone: 'bad', icon: IconClockX },
  cancelled: { word: 'Cancelled', tone: 'muted', icon: IconPlayerStop },
  skipped: { word: 'Skipped', tone: 'muted', icon: IconPlayerSkipForward },
  handled: { word: 'Failed, handled', tone: 'warn', icon: IconAlertTriangle },
  reused: { word: 'Reused', tone: 'muted', icon: IconRepeat },
};

/** In the order in which filters offer them. */
export const runStatuses: readonly RunStatus[] = ['running', 'succeeded', 'failed', 'timed-out', 'cancelled', 'skipped'];

export function describeState(state: ProgressState): string {
  return stateWords[state].word;
}

interface RunStatusMarkProps {
  readonly state: ProgressState;
  /** Only the icon, with the word for those who do not see it, where there is no room. */
  readonly isIconOnly?: boolean;
  /** The platform has words of its own. */
  readonly word?: string;
}

/** Icon and word of a state. */
export function RunStatusMark({ state, isIconOnly = false, word: otherWord }: RunStatusMarkProps) {
  const { word, tone, icon: Icon } = stateWords[state];
  if (!isIconOnly) {
    return (
      <StateMark tone={tone} icon={<Icon size={16} stroke={1.75} aria-hidden />}>
        {otherWord ?? word}
      </StateMark>
    );
  }
  return (
    <StateMark tone={tone} icon={<Icon size={16} stroke={1.75} role="img" aria-label={word} title={word} />}>
      {null}
    </StateMark>
  );
}

export function toStepState({ status, isReused, isErrorHandled }: StepView): ProgressState {
  if (isReused) return 'reused';
  if (status === 'running') return 'running';
  if (status === 'finished') return 'succeeded';
  return isErrorHandled ? 'handled' : 'failed';
}
