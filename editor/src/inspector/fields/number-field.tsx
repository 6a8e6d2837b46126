import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { readNumberText, showNumberText } from '../number-text.ts';
import { type FieldProps, showDefault } from './field-props.ts';
import { toInputProps } from './input-props.ts';

/** A number. What is no number stays as it was typed, and the check of the config says so. */
export function NumberField(props: FieldProps) {
  const { value, field, onChange } = props;
  const [typed, setTyped] = useState(() => showNumberText(value));
  // `1.0` is the number 1 but goes on being typed; a value from elsewhere takes its place.
  const text = readNumberText(typed) === value ? typed : showNumberText(value);
  return (
    <TextInput
      {...toInputProps(props)}
      inputMode={field.type === 'integer' ? 'numeric' : 'decimal'}
      placeholder={showDefault(field.default)}
      value={text}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(readNumberText(event.currentTarget.value));
      }}
    />
  );
}
