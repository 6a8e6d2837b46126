import type { ReactNode } from 'react';
import styles from './empty-state.module.css';
import { HelpLink } from './help-link.tsx';
import type { HelpTopicName } from './help-topics.ts';

interface EmptyStateProps {
  readonly text: string;
  /** Where more of it is told. */
  readonly help?: HelpTopicName;
  /** The button. */
  readonly children?: ReactNode;
}

/** One sentence that says what to do next, the button that does it, and a link to help. */
export function EmptyState({ text, help, children }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <p className={styles.text}>{text}</p>
      {children}
      {help === undefined ? null : <HelpLink topic={help} />}
    </div>
  );
}
