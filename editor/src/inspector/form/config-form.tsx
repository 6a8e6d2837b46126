// The door of the library also leads to its test kit, which needs a validator that makes code from text; so its parts are named singly.
import Form, { type IChangeEvent } from '@rjsf/core/lib/components/Form.js';
import type { FlowNode } from '@wirebook/flow';
import type { ConfigSchema } from '@wirebook/node-kit';
import { useMemo } from 'react';
import { dropUndefined } from '../drop-undefined.ts';
import type { FieldErrors } from '../extra-errors.ts';
import { chooseMarks, FormMarksProvider } from './form-marks.tsx';
import { formDefaults, formFields, formTemplates } from './form-theme.ts';
import { formValidator } from './form-validator.ts';

interface ConfigFormProps {
  readonly schema: ConfigSchema;
  readonly config: FlowNode['config'];
  readonly errors: FieldErrors;
  readonly isReadOnly: boolean;
  /** Called with the whole config when it differs from what was given. */
  readonly onConfig: (config: FlowNode['config']) => void;
}

const idPrefix = 'config';
const noSubmit = { 'ui:submitButtonOptions': { norender: true } };

/** The config of a node as a form, drawn from the schema of its type. */
export function ConfigForm({ schema, config, errors, isReadOnly, onConfig }: ConfigFormProps) {
  const marks = useMemo(() => chooseMarks(schema), [schema]);
  // The library alters neither schema nor errors, but says so nowhere.
  const formSchema = useMemo(() => structuredClone(schema) as object, [schema]);

  function take({ formData }: IChangeEvent): void {
    const next: FlowNode['config'] = dropUndefined(formData ?? {});
    if (JSON.stringify(next) !== JSON.stringify(config)) onConfig(next);
  }

  return (
    <FormMarksProvider value={marks}>
      <Form
        tagName="div"
        idPrefix={idPrefix}
        schema={formSchema}
        uiSchema={noSubmit}
        formData={config}
        validator={formValidator}
        fields={formFields}
        templates={formTemplates}
        extraErrors={errors as object}
        noValidate
        noHtml5Validate
        showErrorList={false}
        readonly={isReadOnly}
        experimental_defaultFormStateBehavior={formDefaults}
        onChange={take}
      />
    </FormMarksProvider>
  );
}
