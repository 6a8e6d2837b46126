import { describeBlame, type ErrorRecord, fromErrorRecord } from '@wirebook/errors';
import styles from './step-panel.module.css';

/** What happened, and what to do about it; the code last, for searching. */
export function ErrorBox({ error, isHandled = false }: { readonly error: ErrorRecord; readonly isHandled?: boolean }) {
  const { hint, blame } = fromErrorRecord(error);
  const details = Object.entries(error.details ?? {});
  return (
    <div className={`${styles.errorBox} ${isHandled ? styles.handled : ''}`}>
      <p className={styles.errorText}>{error.message}</p>
      {hint === '' ? null : <p className={styles.hint}>{hint}</p>}
      <p className={styles.code}>
        {error.code} · {describeBlame(blame)}
        {isHandled ? ' · handled by the flow' : ''}
      </p>
      {details.length === 0 ? null : (
        <dl className={styles.details}>
          {details.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
