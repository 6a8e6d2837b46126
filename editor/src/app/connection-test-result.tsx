import { IconCircleCheck, IconCircleMinus, IconCircleX } from '@tabler/icons-react';
import type { ConnectionTestStep } from '@wirebook/api';
import styles from './connection-test-result.module.css';
import { StateMark } from './state-mark.tsx';
import { formatDuration } from './time-text.tsx';

const marks = {
  good: { tone: 'good', word: 'Good', icon: <IconCircleCheck size={16} stroke={1.75} /> },
  bad: { tone: 'bad', word: 'Failed', icon: <IconCircleX size={16} stroke={1.75} /> },
  skipped: { tone: 'muted', word: 'Not tried', icon: <IconCircleMinus size={16} stroke={1.75} /> },
} as const;

/** What was tried, in order, with what came out. */
export function ConnectionTestResult({ steps }: { readonly steps: readonly ConnectionTestStep[] }) {
  const failed = steps.find(({ outcome }) => outcome === 'bad');
  return (
    <>
      <h3 className={styles.title}>{failed === undefined ? 'The test: everything is good' : `The test: failed at "${failed.what}"`}</h3>
      <ol className={styles.steps} aria-label="Result of the test">
        {steps.map((step) => {
          const { tone, word, icon } = marks[step.outcome];
          return (
            <li key={step.what} className={styles.step}>
              <StateMark tone={tone} icon={icon}>
                {word}
              </StateMark>
              <span className={styles.what}>{step.what}</span>
              <span className={styles.detail}>{step.detail}</span>
              <span className={styles.time}>{step.outcome === 'skipped' ? '' : formatDuration(step.durationMs)}</span>
            </li>
          );
        })}
      </ol>
    </>
  );
}
