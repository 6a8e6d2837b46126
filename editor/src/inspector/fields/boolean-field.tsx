import { Switch } from '@mantine/core';
import styles from './field.module.css';
import type { FieldProps } from './field-props.ts';

/** On or off, with the word beside the switch. */
export function BooleanField({ id, value, field, onChange, isReadOnly, tools, ariaLabel }: FieldProps) {
  const isOn = (value ?? field.default) === true;
  return (
    <div className={styles.switchRow}>
      <Switch
        id={id}
        size="xs"
        checked={isOn}
        disabled={isReadOnly}
        label={isOn ? 'On' : 'Off'}
        aria-label={ariaLabel}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {tools === undefined ? null : <div className={styles.looseTools}>{tools}</div>}
    </div>
  );
}
