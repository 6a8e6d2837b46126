import { MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import type { PlatformField } from '@wirebook/api';
import { useServices } from '../app/services.tsx';

interface ActivityFieldProps {
  readonly field: PlatformField;
  readonly value: string | readonly string[];
  readonly problem: string | null;
  readonly onChange: (value: string | readonly string[]) => void;
}

/** The input that fits an activity field. */
export function ActivityField({ field, value, problem, onChange }: ActivityFieldProps) {
  const { session } = useServices();
  const shared = { label: field.label, error: problem, withAsterisk: field.required === 'always', name: field.name };
  const text = typeof value === 'string' ? value : '';
  // A value that was switched off is offered no more.
  const options = field.values.filter(({ isEnabled }) => isEnabled).map((option) => ({ value: String(option.value), label: option.label }));
  switch (field.inputType) {
    case 'select':
    case 'select_owner':
    case 'select_user':
      return (
        <Select
          {...shared}
          data={options}
          value={text === '' ? null : text}
          onChange={(next) => onChange(next ?? '')}
          searchable
          clearable
        />
      );
    case 'multiselect':
    case 'multiselect_members':
      return (
        <MultiSelect
          {...shared}
          size="xs"
          data={options}
          value={typeof value === 'string' ? [] : [...value]}
          onChange={onChange}
          searchable
          clearable
        />
      );
    case 'boolean':
      return (
        <Select
          {...shared}
          data={[
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
          value={text === '' ? null : text}
          onChange={(next) => onChange(next ?? '')}
          clearable
        />
      );
    case 'number':
      return <NumberInput {...shared} value={text} onChange={(next) => onChange(String(next))} allowDecimal={false} />;
    case 'datepicker':
      return <TextInput {...shared} type="date" value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'datetimepicker':
      return (
        <TextInput
          {...shared}
          type="datetime-local"
          description={`In the time zone ${session.product.timeZone}`}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'textarea':
      return (
        <Textarea {...shared} autosize minRows={3} maxRows={10} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
      );
    default:
      return <TextInput {...shared} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
}
