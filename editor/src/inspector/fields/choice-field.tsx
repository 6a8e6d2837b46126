import { NativeSelect } from '@mantine/core';
import { type FieldProps, showDefault } from './field-props.ts';
import { toInputProps } from './input-props.ts';

interface Choice {
  readonly value: unknown;
  readonly label: string;
  readonly isEnabled?: boolean;
}

interface ChoiceFieldProps extends FieldProps {
  readonly choices: readonly Choice[];
}

/** One of a few values. A value that is none of them is kept, and shown as what it is. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { value, field, onChange, choices, isReadOnly } = props;
  const { readOnly: _readOnly, ...shared } = toInputProps(props);
  const shown = value ?? field.default;
  const isKnown = shown === undefined || choices.some((choice) => toKey(choice.value) === toKey(shown));
  return (
    <NativeSelect
      {...shared}
      size="xs"
      disabled={isReadOnly}
      value={toKey(shown)}
      onChange={(event) => onChange(choices.find((choice) => toKey(choice.value) === event.currentTarget.value)?.value)}
      data={[
        ...(field.default === undefined ? [{ value: '', label: 'Not set' }] : []),
        ...(isKnown ? [] : [{ value: toKey(shown), label: `${showDefault(shown)} (not known)` }]),
        ...choices.map((choice) => ({
          value: toKey(choice.value),
          label: choice.isEnabled === false ? `${choice.label} (disabled on the platform)` : choice.label,
        })),
      ]}
    />
  );
}

function toKey(value: unknown): string {
  return JSON.stringify(value) ?? '';
}
