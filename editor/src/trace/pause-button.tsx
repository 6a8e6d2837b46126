import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useServices } from '../app/services.tsx';

/** Holds what arrives; nothing is lost meanwhile. */
export function PauseButton({ counts }: { readonly counts: 'rows' | 'lines' }) {
  const { liveRuns } = useServices();
  const isPaused = useStore(liveRuns, (state) => state.isPaused);
  const count = useStore(liveRuns, (state) => (counts === 'rows' ? state.pausedCount : state.pausedLineCount));
  return (
    <Button
      variant={isPaused ? 'light' : 'default'}
      leftSection={isPaused ? <IconPlayerPlay size={14} stroke={1.75} /> : <IconPlayerPause size={14} stroke={1.75} />}
      onClick={() => (isPaused ? liveRuns.resume() : liveRuns.pause())}
      aria-label={isPaused ? `Go on: paused, ${count} new` : 'Pause'}
    >
      {isPaused ? `Paused, ${count.toLocaleString('en')} new` : 'Pause'}
    </Button>
  );
}
