import { findAtFieldPath } from '../field-path.ts';
import { useNodeForm, usePickerPlace } from '../node-form-context.tsx';
import { findFieldBeside } from '../picker-options.ts';
import { findRowFields } from '../row-fields.ts';
import { usePlatform } from '../use-platform.ts';
import { ChoiceField } from './choice-field.tsx';
import styles from './field.module.css';
import type { FieldProps } from './field-props.ts';
import { JsonField } from './json-field.tsx';
import { LabelsField } from './labels-field.tsx';
import { NumberField } from './number-field.tsx';
import { TextField } from './text-field.tsx';

/** The value of the field or column that is chosen beside it: select values by label, true or false, numbers, dates. */
export function PlatformValueField(props: FieldProps) {
  const { descriptor } = useNodeForm();
  const place = usePickerPlace();
  const { platform } = usePlatform();
  const rowPath = props.path.slice(0, -1);
  const beside = findFieldBeside(findAtFieldPath(place.config, rowPath), findRowFields(descriptor.config, rowPath), platform, place);
  switch (beside?.inputType) {
    case 'boolean':
      return (
        <ChoiceField
          {...props}
          choices={[
            { value: true, label: 'Yes' },
            { value: false, label: 'No' },
          ]}
        />
      );
    case 'number':
      return <NumberField {...props} />;
    case 'text':
    case 'textarea':
      return typeof props.value === 'object' && props.value !== null ? (
        <JsonField {...props} />
      ) : (
        <TextField {...props} isMultiline={beside.inputType === 'textarea'} />
      );
    case 'datepicker':
    case 'datetimepicker':
      return (
        <>
          <JsonField {...props} />
          <p className={styles.note}>A date such as 2026-03-01T12:00:00Z, or milliseconds.</p>
        </>
      );
    case 'multiselect':
      return <LabelsField {...props} labels={beside.values.map(({ label }) => label)} />;
    case 'select':
    case 'select_owner':
    case 'select_user':
      // A label and its id are both taken; the id may be what the config has.
      return beside.values.length === 0 || (typeof props.value === 'object' && props.value !== null) ? (
        <JsonField {...props} />
      ) : (
        <ChoiceField
          {...props}
          choices={beside.values.map(({ value, label, isEnabled }) => ({
            value: props.value === value ? value : label,
            label,
            isEnabled,
          }))}
        />
      );
    default:
      return <JsonField {...props} />;
  }
}
