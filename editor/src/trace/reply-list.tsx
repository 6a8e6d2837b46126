import { IconCheck, IconMessage, IconX } from '@tabler/icons-react';
import { isJsonObject, type JsonValue } from '@wirebook/errors';
import type { ReplyView, RunView } from '@wirebook/trace';
import { StateMark } from '../app/state-mark.tsx';
import { formatDuration } from '../app/time-text.tsx';
import { ErrorBox } from './error-box.tsx';
import { JsonTree } from './json-tree.tsx';
import { listReplyLines, type ReplyLine } from './reply-lines.ts';
import styles from './reply-list.module.css';

const longGapMs = 10_000;

/** What the analyst saw of a run, in order. */
export function ReplyList({ view, nameOf }: { readonly view: RunView; readonly nameOf: (stepId: number) => string | null }) {
  const lines = listReplyLines(view);
  if (lines.length === 0 && view.refusedReplies.length === 0) {
    return <p className={styles.none}>{view.status === 'running' ? 'The analyst has seen nothing yet.' : 'This run sent no reply.'}</p>;
  }
  return (
    <ol className={styles.list} aria-label="Replies in order">
      {lines.map((line) => (
        <li key={line.index} className={styles.item}>
          <p className={line.gapMs >= longGapMs ? styles.longGap : styles.gap}>
            {formatDuration(line.gapMs)} {line.isFirst ? 'after the run began' : 'later'}
            {line.gapMs >= longGapMs ? ', a long silence' : ''}
          </p>
          <ReplyLineView line={line} stepName={line.reply.stepId === null ? null : nameOf(line.reply.stepId)} />
        </li>
      ))}
      {view.refusedReplies.map(({ atMs, error }) => (
        <li key={atMs} className={styles.item}>
          <p className={styles.gap}>A reply was refused and not sent</p>
          <ErrorBox error={error} />
        </li>
      ))}
    </ol>
  );
}

function ReplyLineView({ line, stepName }: { readonly line: ReplyLine; readonly stepName: string | null }) {
  const { reply, text, isCompleting } = line;
  const value = parse(reply.text);
  return (
    <div className={styles.reply}>
      <div className={styles.head}>
        <KindMark reply={reply} />
        <span className={styles.text}>{text}</span>
        {isCompleting && reply.fate === 'sent' ? <span className={styles.completing}>Completing</span> : null}
        {reply.fate === 'dropped' ? <span className={styles.dropped}>Not sent: its step failed</span> : null}
        {stepName === null ? null : <span className={styles.step}>{stepName}</span>}
      </div>
      {value === null ? null : (
        <details>
          <summary className={styles.summary}>Whole reply</summary>
          <JsonTree value={value} label="Reply" />
        </details>
      )}
    </div>
  );
}

const kindWords: Readonly<Record<ReplyView['kind'], string>> = {
  status: 'Status',
  result: 'Result',
  error: 'Error',
  acknowledge: 'Acknowledgement',
};

function KindMark({ reply: { kind } }: { readonly reply: ReplyView }) {
  if (kind === 'error') {
    return (
      <StateMark tone="bad" icon={<IconX size={16} stroke={1.75} aria-hidden />}>
        {kindWords[kind]}
      </StateMark>
    );
  }
  const Icon = kind === 'status' ? IconMessage : IconCheck;
  return (
    <StateMark tone={kind === 'status' ? 'info' : 'good'} icon={<Icon size={16} stroke={1.75} aria-hidden />}>
      {kindWords[kind]}
    </StateMark>
  );
}

function parse(text: string): JsonValue | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch (notJson) {
    // Plain text is shown above already.
    return notJson instanceof SyntaxError ? null : String(notJson);
  }
}
