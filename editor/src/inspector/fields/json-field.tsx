import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { describeJsonKind, readJsonText, showJsonText } from '../json-text.ts';
import styles from './field.module.css';
import { type FieldProps, showDefault } from './field-props.ts';
import { toInputProps } from './input-props.ts';

/** Any JSON as text; words need no quotes. Only what is a value goes into the config. */
export function JsonField(props: FieldProps) {
  const { value, field, onChange } = props;
  const [typed, setTyped] = useState(() => showJsonText(value));
  const [committed, setCommitted] = useState(() => showJsonText(value));
  const shown = showJsonText(value);
  // A change from elsewhere, such as undo, takes the place of what was typed.
  if (shown !== committed) {
    setCommitted(shown);
    setTyped(shown);
  }
  const read = readJsonText(typed);

  function take(text: string): void {
    setTyped(text);
    const next = readJsonText(text);
    if (next.kind === 'invalid') return;
    setCommitted(showJsonText(next.value));
    onChange(next.value);
  }

  return (
    <>
      <Textarea
        {...toInputProps({ ...props, isBad: props.isBad || read.kind === 'invalid' })}
        classNames={{ input: styles.code ?? '' }}
        autosize
        minRows={1}
        maxRows={14}
        spellCheck={false}
        placeholder={showDefault(field.default)}
        value={typed}
        onChange={(event) => take(event.currentTarget.value)}
      />
      {read.kind === 'invalid' ? (
        <p className={styles.error} aria-live="polite">
          {read.reason}.{' '}
          <button type="button" className={styles.link} onClick={() => take(JSON.stringify(typed))}>
            Take it as text
          </button>
        </p>
      ) : (
        <p className={styles.kind}>{describeJsonKind(read.value)}</p>
      )}
    </>
  );
}
