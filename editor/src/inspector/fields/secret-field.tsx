import { IconAlertTriangle } from '@tabler/icons-react';
import { usePlatform } from '../use-platform.ts';
import { writeValue, writtenText } from '../value-form.ts';
import styles from './field.module.css';
import type { FieldProps } from './field-props.ts';
import { SuggestInput } from './suggest-input.tsx';

/** The name of a secret; its value is never here. */
export function SecretField(props: FieldProps) {
  const { platform } = usePlatform();
  const text = writtenText(props.value);
  const names = platform?.secretNames ?? [];
  return (
    <>
      <SuggestInput
        {...props}
        text={text}
        options={names.map((name) => ({ value: name, label: name, detail: '' }))}
        placeholder="Name of the secret"
        nothing="No secret of that name is known; add it to [secrets] in app.config."
        onChange={(name) => props.onChange(writeValue('secret', typeof name === 'string' ? name : ''))}
      />
      {platform === undefined || text === '' || names.includes(text) ? null : (
        <p className={styles.note} data-tone="warn">
          <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />
          Not known here: add it to [secrets] in app.config, or set WIREBOOK_SECRET_{toVariable(text)}.
        </p>
      )}
    </>
  );
}

function toVariable(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
}
