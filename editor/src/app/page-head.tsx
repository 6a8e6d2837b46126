import type { ReactNode } from 'react';
import styles from './page-head.module.css';

/** Title, one line about the page, and its acts at the right. */
export function PageHead({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{title}</h1>
      <div className={styles.acts}>{children}</div>
    </header>
  );
}
