import type { ReactNode } from 'react';
import styles from './state-mark.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'muted';

/** A state by icon and word; the colour only repeats it. */
export function StateMark({ tone, icon, children }: { readonly tone: Tone; readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <span className={`${styles.mark} ${styles[tone]}`}>
      {icon}
      <span>{children}</span>
    </span>
  );
}
