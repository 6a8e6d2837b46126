import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** One sentence that says what to do next, and the button that does it. */
export function EmptyState({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.text}>{text}</p>
      {children}
    </div>
  );
}
