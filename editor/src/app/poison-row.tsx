import type { PoisonSummary } from '@wirebook/api';
import { Link } from 'wouter';
import styles from './poison-page.module.css';
import { toSentence } from './sentence.ts';
import { TimeText } from './time-text.tsx';

/** One message of the tray; it opens beside the list. */
export function PoisonRow({ message, isOpen }: { readonly message: PoisonSummary; readonly isOpen: boolean }) {
  const { id, reason, code, destination, atMs, sizeBytes } = message;
  return (
    <li>
      <Link href={`/poison?message=${id}`} className={styles.row} aria-current={isOpen ? 'true' : undefined}>
        <span className={styles.reason}>{toSentence(reason)}</span>
        <span className={styles.age}>
          <TimeText atMs={atMs} />
        </span>
        <span className={styles.place}>
          {code} · {destination} · {sizeBytes} bytes
        </span>
      </Link>
    </li>
  );
}
