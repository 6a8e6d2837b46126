import LibrarySchemaField from '@rjsf/core/lib/components/fields/SchemaField.js';
import type { FieldProps } from '@rjsf/utils';
import type { ConfigField } from '@wirebook/node-kit';
import { findValueSwitchKind } from '@wirebook/node-kit';
import { chooseWidget } from '../choose-widget.ts';
import { collectErrors } from '../extra-errors.ts';
import { ConfigValue } from '../fields/config-value.tsx';
import { useFormMarks } from './form-marks.tsx';

/**
 * Draws one field. Objects and lists of objects are walked by the library; every value is drawn by our own widgets, with the switch
 * between literal, expression, template, secret and environment where the schema allows it.
 */
export function SchemaField(props: FieldProps) {
  const { fieldPathId, formData, errorSchema, onChange, readonly: isReadOnly = false, required = false, name } = props;
  const marks = useFormMarks();
  const field = toConfigField(props.schema);
  const { kind } = chooseWidget(field);
  const isWalked = (kind === 'list' && (formData === undefined || Array.isArray(formData))) || (kind === 'group' && isObject(formData));
  if (isWalked && findValueSwitchKind(formData) === undefined) return <LibrarySchemaField {...props} />;
  const value: unknown = formData;
  return (
    <ConfigValue
      id={fieldPathId.$id}
      path={fieldPathId.path}
      field={field}
      label={field.title ?? name}
      mark={marks(required, fieldPathId.path.length)}
      value={value}
      errorTree={collectErrors(errorSchema).length === 0 ? undefined : errorSchema}
      isReadOnly={isReadOnly}
      onChange={(next) => onChange(next, fieldPathId.path)}
    />
  );
}

/** The library's schemas are ours: the form was given the config schema of the node type. */
function toConfigField(schema: FieldProps['schema']): ConfigField {
  return schema as ConfigField;
}

function isObject(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value));
}
