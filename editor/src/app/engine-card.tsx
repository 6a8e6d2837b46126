import { Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconLoader, IconPlayerStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { EngineView } from '@wirebook/api';
import type { ReactNode } from 'react';
import { Card, Fact, Facts } from './card.tsx';
import { FailureState } from './failure-state.tsx';
import { useServices } from './services.tsx';
import { StateMark, type Tone } from './state-mark.tsx';
import { TimeText } from './time-text.tsx';

const refreshMs = 3000;

/** The engine process: how it does and what it has in hand. */
export function EngineCard() {
  const { api } = useServices();
  const engine = useQuery({ queryKey: ['getEngine'], queryFn: () => api.call('getEngine', {}), refetchInterval: refreshMs });
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
        <Fact name="Poison tray">{view.poison === 0 ? 'empty' : `${view.poison} messages`}</Fact>
        {view.droppedParts === 0 ? null : <Fact name="Dropped parts of traces">{view.droppedParts}</Fact>}
      </Facts>
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
