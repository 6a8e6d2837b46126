import { useEffect, useState } from 'react';
import { useServices } from '../app/services.tsx';
import { startTimer } from '../app/system-clock.ts';
import { formatAge, formatTime, formatTimeOfDay } from '../app/time-text.tsx';
import { useNodeActivity } from './flow-session-context.tsx';
import styles from './node-status-line.module.css';

const words = { running: 'running', ok: 'done', failed: 'failed' } as const;
/** An age on the canvas need not be younger than this. */
const refreshMs = 5000;
/** `12:00:30` of `12:00:30.000`. */
const secondsLength = 8;

/** One line under the node: its last state with its age, and how often it ran since the server started. */
export function NodeStatusLine({ nodeId }: { readonly nodeId: string }) {
  const activity = useNodeActivity(nodeId);
  const { now, session } = useServices();
  const [, refresh] = useState(0);
  const isShown = activity !== undefined;
  useEffect(() => {
    if (!isShown) return undefined;
    let stop: (() => void) | null = null;
    const again = () => {
      stop = startTimer(refreshMs, () => {
        refresh((count) => count + 1);
        again();
      });
    };
    again();
    return () => stop?.();
  }, [isShown]);
  if (activity === undefined) return null;
  const { state, atMs, okCount, failedCount, lastError, circuit } = activity;
  const failed = failedCount === 0 ? '' : `, ${failedCount} failed`;
  const isOpen = circuit !== undefined && circuit !== null && circuit.untilMs > now();
  const lastText = state === 'failed' && lastError !== null ? lastError : `${words[state]} ${formatAge(atMs, now())}`;
  const text = isOpen
    ? `circuit to ${circuit.host} open until ${formatTimeOfDay(circuit.untilMs, session.product.timeZone).slice(0, secondsLength)}`
    : lastText;
  return (
    <div
      className={styles.line}
      data-state={isOpen ? 'failed' : state}
      title={`${isOpen ? `${text}; ` : ''}${formatTime(atMs, session.product.timeZone)}: ${words[state]}${lastError === null ? '' : `, ${lastError}`}`}
    >
      <span className={styles.count}>{`${okCount} done${failed}`}</span>
      <span className={styles.text}>{text}</span>
    </div>
  );
}
