import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { useServices } from '../app/services.tsx';
import styles from './dropped-note.module.css';

/** What came too fast for this window is told, and where it is. */
export function DroppedNote({ counts, flowId }: { readonly counts: 'rows' | 'lines'; readonly flowId: string | null }) {
  const { liveRuns } = useServices();
  const count = useStore(liveRuns, ({ dropped }) => dropped[counts]);
  if (count === 0) return null;
  const words = counts === 'rows' ? (count === 1 ? 'run' : 'runs') : count === 1 ? 'line' : 'lines';
  return (
    <p className={styles.note}>
      <IconAlertTriangle size={14} stroke={1.75} aria-hidden />
      <span>
        {count.toLocaleString('en')} {words} came faster than this list shows. They are kept:{' '}
        <Link href={flowId === null ? '/runs' : `/runs?flow=${encodeURIComponent(flowId)}`}>load the rest</Link>
      </span>
    </p>
  );
}
