import { Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconLoader, IconPlayerStop } from '@tabler/icons-react';
import type { EngineView } from '@wirebook/api';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Card, Fact, Facts } from './card.tsx';
import { describeDraining } from './drain-note.tsx';
import styles from './engine-card.module.css';
import { EngineHealth } from './engine-health.tsx';
import { FailureState } from './failure-state.tsx';
import { StateMark, type Tone } from './state-mark.tsx';
import { TimeText } from './time-text.tsx';
import { useEngine } from './use-engine.ts';

/** The engine process: how it does and what it has in hand. */
export function EngineCard() {
  const engine = useEngine({ isWatched: true });
  if (engine.isError) return <FailureState error={engine.error} onRetry={() => void engine.refetch()} />;
  if (engine.data === undefined) return <Skeleton height={110} />;
  const view = engine.data;
  return (
    <Card title="Engine">
      <Facts>
        <Fact name="State">
          <EngineStateMark state={view.state} />{' '}
          <span className="wb-muted">
            for <TimeText atMs={view.sinceMs} isSpan />
          </span>
          {view.reason === null ? null : <div>{view.reason}</div>}
        </Fact>
        <Fact name="Restarts after a failure">{view.restarts}</Fact>
        <Fact name="Runs">
          {view.runsActive} active, {view.runsWaiting} waiting
        </Fact>
        <Fact name="Messages in hand">{view.messagesInHand}</Fact>
        <Fact name="Subscribed to">{describeSubscriptions(view)}</Fact>
        {view.draining.length === 0 ? null : <Fact name="Draining">{describeDraining(view.draining)}</Fact>}
        <Fact name="Poison tray">
          {view.poison === 0 ? (
            'empty'
          ) : (
            <Link href="/poison" className={styles.link}>
              {view.poison === 1 ? '1 message' : `${view.poison} messages`}
            </Link>
          )}
        </Fact>
      </Facts>
      <EngineHealth />
    </Card>
  );
}

function describeSubscriptions({ state, destinations }: EngineView): string {
  if (destinations.length > 0) return destinations.join(', ');
  return state === 'running' ? 'nothing: no flow is deployed' : 'nothing while it does not run';
}

const stateMarks: Record<EngineView['state'], { readonly tone: Tone; readonly word: string; readonly icon: ReactNode }> = {
  starting: { tone: 'warn', word: 'Starting', icon: <IconLoader size={16} stroke={1.75} /> },
  running: { tone: 'good', word: 'Running', icon: <IconCircleCheck size={16} stroke={1.75} /> },
  restarting: { tone: 'warn', word: 'Starting again', icon: <IconAlertTriangle size={16} stroke={1.75} /> },
  stopped: { tone: 'muted', word: 'Stopped', icon: <IconPlayerStop size={16} stroke={1.75} /> },
  failed: { tone: 'bad', word: 'Does not run', icon: <IconCircleX size={16} stroke={1.75} /> },
};

function EngineStateMark({ state }: { readonly state: EngineView['state'] }) {
  const { tone, word, icon } = stateMarks[state];
  return (
    <StateMark tone={tone} icon={icon}>
      {word}
    </StateMark>
  );
}
