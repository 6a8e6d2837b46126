import type { FormProps } from '@rjsf/core/lib/components/Form.js';
import { FieldTemplate } from './field-template.tsx';
import { ListItemTemplate } from './list-item-template.tsx';
import { ListTemplate } from './list-template.tsx';
import { ObjectTemplate } from './object-template.tsx';
import { SchemaField } from './schema-field.tsx';

export const formFields: NonNullable<FormProps['fields']> = { SchemaField };

export const formTemplates: NonNullable<FormProps['templates']> = {
  FieldTemplate,
  ObjectFieldTemplate: ObjectTemplate,
  ArrayFieldTemplate: ListTemplate,
  ArrayFieldItemTemplate: ListItemTemplate,
};

/** The document holds what a person set, and no defaults: a form that is opened changes nothing. */
export const formDefaults: NonNullable<FormProps['experimental_defaultFormStateBehavior']> = {
  emptyObjectFields: 'skipDefaults',
  arrayMinItems: { populate: 'never' },
  constAsDefaults: 'never',
  requiredBooleanDefault: 'skip',
  mergeDefaultsIntoFormData: 'useFormDataIfPresent',
};
