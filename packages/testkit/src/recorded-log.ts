import type { JsonValue } from '@wirebook/errors';
import type { CallAttempt, StepLog } from '@wirebook/node-kit';

export interface RecordedLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
}

/** A step's log that keeps what was written to it. */
export interface RecordedLog extends StepLog {
  readonly lines: readonly RecordedLine[];
  readonly prints: readonly { readonly label: string; readonly value: JsonValue }[];
  readonly attempts: readonly CallAttempt[];
}

export function createRecordedLog(): RecordedLog {
  const lines: RecordedLine[] = [];
  const prints: { label: string; value: JsonValue }[] = [];
  const attempts: CallAttempt[] = [];
  const write = (level: RecordedLine['level']) => (text: string) => {
    lines.push({ level, text });
  };
  return {
    lines,
    prints,
    attempts,
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    print: (label, value, isEnabled = true) => {
      if (isEnabled) prints.push({ label, value });
    },
    attempt: (attempt) => attempts.push(attempt),
  };
}
