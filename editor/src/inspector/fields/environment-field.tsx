import { TextInput } from '@mantine/core';
import { writeValue, writtenText } from '../value-form.ts';
import styles from './field.module.css';
import type { FieldProps } from './field-props.ts';
import { toInputProps } from './input-props.ts';

/** The name of an environment variable of the server. */
export function EnvironmentField(props: FieldProps) {
  return (
    <TextInput
      {...toInputProps(props)}
      classNames={{ input: styles.code ?? '' }}
      value={writtenText(props.value)}
      placeholder="NAME_OF_THE_VARIABLE"
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => props.onChange(writeValue('environment', event.currentTarget.value))}
    />
  );
}
