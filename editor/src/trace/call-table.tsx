import type { CallView } from '@wirebook/trace';
import { formatDuration } from '../app/time-text.tsx';
import styles from './step-panel.module.css';
import { describeCall } from './timeline-layout.ts';

/** Each try of each call outside, in order. */
export function CallTable({ calls }: { readonly calls: readonly CallView[] }) {
  return (
    <table className={styles.calls}>
      <thead>
        <tr>
          <th>Method</th>
          <th>Address</th>
          <th>Status</th>
          <th className={styles.number}>Try</th>
          <th className={styles.number}>Duration</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call, index) => {
          const isTriedAgain = calls[index + 1]?.attempt === call.attempt + 1;
          const isBad = call.status === null || call.status >= 400;
          return (
            <tr key={index}>
              <td className={styles.mono}>{call.method}</td>
              <td className={styles.address} title={call.url}>
                {call.url}
              </td>
              <td className={isBad ? styles.bad : styles.good}>{describeCall(call, isTriedAgain)}</td>
              <td className={styles.number}>{call.attempt}</td>
              <td className={styles.number}>
                {formatDuration(call.durationMs)}
                {call.waitMs === undefined ? null : `, waited ${formatDuration(call.waitMs)}`}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
