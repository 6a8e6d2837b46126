import type { ValuePreview } from '@wirebook/api';
import { TimeText } from '../../app/time-text.tsx';
import { describeFailure } from '../../transport/api-error.ts';
import { useNodeForm } from '../node-form-context.tsx';
import { shortenPreviewError } from '../preview-error.ts';
import { useValuePreview } from '../use-value-preview.ts';
import { formOf, writtenText } from '../value-form.ts';
import styles from './value-preview-line.module.css';

interface ValuePreviewLineProps {
  readonly value: unknown;
  /** The field tells of its errors itself. */
  readonly isBad?: boolean;
}

/** What an expression or a template gives on the last recorded message. */
export function ValuePreviewLine({ value, isBad = false }: ValuePreviewLineProps) {
  const { nodeId } = useNodeForm();
  const isWanted = ['expression', 'template'].includes(formOf(value)) && writtenText(value).trim() !== '';
  const { data, error, isPending } = useValuePreview(nodeId, value, isWanted);
  if (!isWanted) return null;
  if (isPending) return <p className={styles.note}>…</p>;
  if (data === undefined) return <p className={styles.note}>No preview: {describeFailure(error)}</p>;
  if (isBad && data.kind === 'error') return null;
  return (
    <div className={styles.preview} aria-live="polite">
      <Outcome preview={data} />
      {data.source === undefined || data.kind === 'hidden' ? null : (
        <p className={styles.note}>
          {data.source.isSample ? 'on a sample message' : 'on the message of run '}
          {data.source.isSample ? null : <span className={styles.run}>{data.source.runId}</span>}
          {data.source.isSample ? null : (
            <>
              , <TimeText atMs={data.source.atMs} />
            </>
          )}
        </p>
      )}
    </div>
  );
}

function Outcome({ preview }: { readonly preview: ValuePreview }) {
  switch (preview.kind) {
    case 'value':
      return (
        <pre className={styles.value}>
          {show(preview.value)}
          {preview.isTruncated === true ? '…' : ''}
        </pre>
      );
    case 'nothing':
      return <p className={styles.note}>gives nothing</p>;
    case 'error':
      return <p className={styles.error}>{preview.error === undefined ? 'It failed.' : shortenPreviewError(preview.error.message)}</p>;
    case 'hidden':
      return <p className={styles.note}>Not shown: it reads a secret or the environment.</p>;
    case 'no-message':
      return <p className={styles.note}>No preview yet: no message of this node was recorded.</p>;
    default:
      return preview.kind satisfies never;
  }
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 1);
}
