import { IconAlertTriangle, IconCircleX, IconMessage } from '@tabler/icons-react';
import type { ActionStatusRow } from '@wirebook/api';
import { useServices } from '../app/services.tsx';
import { StateMark } from '../app/state-mark.tsx';
import { formatTime } from '../app/time-text.tsx';
import { JsonTree } from '../trace/json-tree.tsx';
import styles from './action-status.module.css';

/** Every message in the order it came, and the result. */
export function ActionResult({ row: { messages, result, name } }: { readonly row: ActionStatusRow }) {
  const { session } = useServices();
  return (
    <div className={styles.detail}>
      <section aria-label="Messages">
        <h3 className={styles.detailTitle}>Messages</h3>
        {messages.length === 0 ? <p className={styles.none}>No message came yet.</p> : null}
        <ol className={styles.messages}>
          {messages.map(({ atMs, text, kind, isCompleting }, index) => (
            <li key={index}>
              <KindMark kind={kind} />
              <span className={styles.words}>{text}</span>
              {isCompleting ? <span className={styles.completing}>Completing</span> : null}
              <time className={styles.quiet}>{formatTime(atMs, session.product.timeZone)}</time>
            </li>
          ))}
        </ol>
      </section>
      <section aria-label="Result">
        <h3 className={styles.detailTitle}>Result</h3>
        {result === null ? (
          <p className={styles.none}>There is no result.</p>
        ) : (
          <JsonTree value={result} label={`Result of ${name}`} memoryKey="action result" />
        )}
      </section>
    </div>
  );
}

function KindMark({ kind }: { readonly kind: ActionStatusRow['messages'][number]['kind'] }) {
  switch (kind) {
    case 'error':
      return (
        <StateMark tone="bad" icon={<IconCircleX size={16} stroke={1.75} aria-hidden />}>
          Error
        </StateMark>
      );
    case 'warning':
      return (
        <StateMark tone="warn" icon={<IconAlertTriangle size={16} stroke={1.75} aria-hidden />}>
          Warning
        </StateMark>
      );
    case 'information':
      return (
        <StateMark tone="info" icon={<IconMessage size={16} stroke={1.75} aria-hidden />}>
          Information
        </StateMark>
      );
    default:
      return kind satisfies never;
  }
}
