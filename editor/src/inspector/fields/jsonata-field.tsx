import { writeValue, writtenText } from '../value-form.ts';
import { ExpressionField } from './expression-field.tsx';
import type { FieldProps } from './field-props.ts';

/** An expression that stands in the config as its bare text; emptied, the field is left out. */
export function JsonataField({ label, ...props }: FieldProps & { readonly label: string }) {
  const { value, onChange } = props;
  return (
    <ExpressionField
      {...props}
      form="expression"
      label={label}
      isFocusWanted={false}
      value={writeValue('expression', typeof value === 'string' ? value : '')}
      onChange={(next) => {
        const text = writtenText(next);
        onChange(text === '' ? undefined : text);
      }}
    />
  );
}
