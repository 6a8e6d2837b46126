import { TagsInput } from '@mantine/core';
import type { FieldProps } from './field-props.ts';
import { toInputProps } from './input-props.ts';
import { JsonField } from './json-field.tsx';

/** Several select values by their labels. A value that is no list of texts is shown as what it is. */
export function LabelsField(props: FieldProps & { readonly labels: readonly string[] }) {
  const { value, onChange, labels } = props;
  const chosen = value === undefined ? [] : value;
  if (!isTextList(chosen)) return <JsonField {...props} />;
  return (
    <TagsInput
      {...toInputProps(props)}
      size="xs"
      value={[...chosen]}
      data={[...labels]}
      placeholder={chosen.length === 0 ? 'Choose or type' : ''}
      onChange={(next) => onChange(next.length === 0 && value === undefined ? undefined : next)}
    />
  );
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
