import { IconAlertTriangle, IconHourglass, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useIsFetching, useQuery } from '@tanstack/react-query';
import type { EngineView } from '@wirebook/api';
import { type ReactNode, useEffect, useState } from 'react';
import { useServices } from './services.tsx';
import styles from './status-banner.module.css';
import { startTimer } from './system-clock.ts';

const patienceMs = 1500;
const slowMs = 8000;

/** One line across the product while the server or the engine is away: what that means, and what happens next. */
export function StatusBanner() {
  const { api } = useServices();
  const isAway = useIsAway();
  const isSlow = useIsSlow();
  const engine = useQuery({ queryKey: ['getEngine'], queryFn: () => api.call('getEngine', {}) });
  if (isAway) {
    return (
      <Banner tone="warn" icon={<IconPlugConnectedX size={16} stroke={1.75} />}>
        The server is not reached. Changes are kept in this window and are saved when it is back.
      </Banner>
    );
  }
  if (isSlow) {
    return (
      <Banner tone="warn" icon={<IconHourglass size={16} stroke={1.75} />}>
        The server has not answered for some seconds. What waits for it goes on when it does; changes are kept in this window.
      </Banner>
    );
  }
  return engine.data === undefined ? null : <EngineBanner engine={engine.data} />;
}

function EngineBanner({ engine }: { readonly engine: EngineView }) {
  switch (engine.state) {
    case 'restarting':
      return (
        <Banner tone="warn" icon={<IconRefresh size={16} stroke={1.75} />}>
          The engine is starting again{engine.reason === null ? '' : `: ${engine.reason}`} Runs in flight go on when it is back.
        </Banner>
      );
    case 'failed':
      return (
        <Banner tone="bad" icon={<IconAlertTriangle size={16} stroke={1.75} />}>
          The engine does not run{engine.reason === null ? '.' : `: ${engine.reason}`}
        </Banner>
      );
    default:
      return null;
  }
}

function Banner({ tone, icon, children }: { readonly tone: 'warn' | 'bad'; readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={`${styles.banner} ${styles[tone]}`} role="status">
      {icon}
      <span>{children}</span>
    </div>
  );
}

/** True when something has been asked for without a pause for longer than anything takes. */
function useIsSlow(): boolean {
  const isAsking = useIsFetching() > 0;
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    if (isAsking) return startTimer(slowMs, () => setIsSlow(true));
    setIsSlow(false);
    return undefined;
  }, [isAsking]);
  return isSlow;
}

/** True when the socket has been away for longer than a reload takes. */
function useIsAway(): boolean {
  const { live } = useServices();
  const [isConnected, setIsConnected] = useState(live.state() !== 'disconnected');
  const [isAway, setIsAway] = useState(false);
  useEffect(() => live.onState((state) => setIsConnected(state !== 'disconnected')), [live]);
  useEffect(() => {
    if (isConnected) {
      setIsAway(false);
      return undefined;
    }
    return startTimer(patienceMs, () => setIsAway(true));
  }, [isConnected]);
  return isAway;
}
