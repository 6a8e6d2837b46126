import { IconCircleCheckFilled, IconCircleXFilled, IconLoader2 } from '@tabler/icons-react';
import { useNodeActivity } from './flow-session-context.tsx';
import styles from './node-status-line.module.css';

const icons = { running: IconLoader2, ok: IconCircleCheckFilled, failed: IconCircleXFilled } as const;
const words = { running: 'Running', ok: 'The last message went through', failed: 'The last message failed' } as const;

/** What the node did last, at its right edge; nothing before it did anything. */
export function NodeStateIcon({ nodeId }: { readonly nodeId: string }) {
  const activity = useNodeActivity(nodeId);
  if (activity === undefined) return null;
  const Drawn = icons[activity.state];
  return (
    <span className={styles.icon} data-state={activity.state} role="img" aria-label={words[activity.state]} title={words[activity.state]}>
      <Drawn size={16} stroke={1.75} />
    </span>
  );
}
