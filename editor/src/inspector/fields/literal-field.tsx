import type { WidgetChoice } from '../choose-widget.ts';
import { BooleanField } from './boolean-field.tsx';
import { ChoiceField } from './choice-field.tsx';
import { CodeField } from './code-field.tsx';
import { DurationField } from './duration-field.tsx';
import type { FieldProps } from './field-props.ts';
import { JsonField } from './json-field.tsx';
import { JsonataField } from './jsonata-field.tsx';
import { NumberField } from './number-field.tsx';
import { PickerField } from './picker-field.tsx';
import { PickersField } from './pickers-field.tsx';
import { PlatformValueField } from './platform-value-field.tsx';
import { TextField } from './text-field.tsx';
import { TextsField } from './texts-field.tsx';

interface LiteralFieldProps extends FieldProps {
  readonly widget: WidgetChoice;
  readonly label: string;
}

/** The widget of a field for a value that stands in the config as it is. */
export function LiteralField({ widget, ...props }: LiteralFieldProps) {
  const { value, field } = props;
  // What a form cannot draw, such as an object where a text belongs, is shown and kept as JSON.
  if (!isDrawable(widget, value)) return <JsonField {...props} />;
  switch (widget.kind) {
    case 'text':
      return <TextField {...props} isMultiline={false} />;
    case 'multiline':
      return <TextField {...props} isMultiline />;
    case 'number':
      return <NumberField {...props} />;
    case 'duration':
      return <DurationField {...props} />;
    case 'jsonata':
      return <JsonataField {...props} />;
    case 'boolean':
      return <BooleanField {...props} />;
    case 'choice':
      return <ChoiceField {...props} choices={(field.enum ?? []).map((item) => ({ value: item, label: String(item) }))} />;
    case 'condition':
      return (
        <ChoiceField
          {...props}
          choices={[
            { value: true, label: 'Always (true)' },
            { value: false, label: 'Never (false)' },
          ]}
        />
      );
    case 'code':
      return <CodeField {...props} language={widget.language} />;
    case 'picker':
      return <PickerField {...props} source={widget.source} />;
    case 'pickers':
      return <PickersField {...props} source={widget.source} />;
    case 'platform-value':
      return <PlatformValueField {...props} />;
    case 'texts':
      return <TextsField {...props} />;
    case 'json':
    case 'list':
    case 'group':
    case 'key-value':
      return <JsonField {...props} />;
    default:
      return widget satisfies never;
  }
}

function isDrawable({ kind }: WidgetChoice, value: unknown): boolean {
  if (value === undefined) return true;
  switch (kind) {
    case 'text':
    case 'multiline':
    case 'code':
    case 'picker':
    case 'jsonata':
      return typeof value === 'string';
    case 'number':
    case 'duration':
      return typeof value === 'number' || typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'pickers':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    default:
      return true;
  }
}
