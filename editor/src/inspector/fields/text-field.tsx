import { Textarea, TextInput } from '@mantine/core';
import { type FieldProps, showDefault } from './field-props.ts';
import { toInputProps } from './input-props.ts';

/** A line of text, or several. Emptied, the field is left out of the config. */
export function TextField(props: FieldProps & { readonly isMultiline: boolean }) {
  const { value, field, onChange, isMultiline } = props;
  const shared = { ...toInputProps(props), placeholder: showDefault(field.default) };
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  const take = (typed: string) => onChange(typed === '' ? undefined : typed);
  return isMultiline ? (
    <Textarea {...shared} autosize minRows={2} maxRows={14} value={text} onChange={(event) => take(event.currentTarget.value)} />
  ) : (
    <TextInput {...shared} value={text} onChange={(event) => take(event.currentTarget.value)} />
  );
}
