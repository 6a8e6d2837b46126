import type { ReactNode } from 'react';
import styles from './flow-banner.module.css';

/** One line across the page: what it is about, and what can be done. */
export function BannerLine({
  icon,
  text,
  children,
}: {
  readonly icon: ReactNode;
  readonly text: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.banner} role="status">
      {icon}
      <span className={styles.text}>{text}</span>
      {children}
    </div>
  );
}
