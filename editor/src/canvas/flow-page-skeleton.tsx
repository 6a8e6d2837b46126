import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { startTimer } from '../app/system-clock.ts';
import styles from './flow-desk.module.css';

/** What loads faster than this is shown without a skeleton before. */
const patienceMs = 300;

/** The page of a flow while its draft is on the way. */
export function FlowPageSkeleton() {
  const [isShown, setShown] = useState(false);
  useEffect(() => startTimer(patienceMs, () => setShown(true)), []);
  if (!isShown) return null;
  return (
    <div className={styles.skeleton} role="status" aria-label="The flow is loading">
      <Skeleton height={28} width="100%" />
      <Skeleton height="60%" width="100%" />
      <Skeleton height="25%" width="100%" />
    </div>
  );
}
