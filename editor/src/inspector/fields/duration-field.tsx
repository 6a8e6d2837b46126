import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { readDurationText, showDurationText } from '../duration-text.ts';
import type { FieldProps } from './field-props.ts';
import { toInputProps } from './input-props.ts';

/** Milliseconds, shown and typed with their unit. What is no time stays as it was typed, and the check of the config says so. */
export function DurationField(props: FieldProps) {
  const { value, field, onChange } = props;
  const [typed, setTyped] = useState(() => show(value));
  // `10000` is 10 s but goes on being typed; a value from elsewhere takes its place.
  const text = readDurationText(typed) === value ? typed : show(value);
  return (
    <TextInput
      {...toInputProps(props)}
      placeholder={show(field.default)}
      value={text}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(readDurationText(event.currentTarget.value));
      }}
      onBlur={() => setTyped(show(value))}
    />
  );
}

function show(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'number' ? showDurationText(value) : String(value);
}
