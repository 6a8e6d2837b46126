import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './config-group.module.css';

interface ConfigGroupProps {
  readonly title: string;
  readonly summary: string;
  /** Something inside is wrong: it is unfolded then. */
  readonly isBad: boolean;
  readonly children: ReactNode;
}

/** Fields under one head, folded until they are asked for; the head says what is set. */
export function ConfigGroup({ title, summary, isBad, children }: ConfigGroupProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (isBad && details.current !== null) details.current.open = true;
  }, [isBad]);
  return (
    <details ref={details} className={styles.group}>
      <summary className={styles.head}>
        <IconChevronRight size={16} stroke={1.75} className={styles.mark} aria-hidden />
        <span className={styles.title}>{title}</span>
        <span className={styles.summary} title={summary}>
          {summary}
        </span>
      </summary>
      <div className={styles.fields}>{children}</div>
    </details>
  );
}
