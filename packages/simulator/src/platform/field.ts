import type { Ids } from '../ids.ts';
import type { JsonObject } from '../json-value.ts';
import { choosableInputTypes, type InputType, methodsByInputType } from './input-type.ts';

export interface FieldOption {
  readonly value: number | string;
  readonly label: string;
  readonly enabled: boolean;
  readonly isDefault: boolean;
  readonly uuid: string;
}

/** A field of an incident, artifact, function, activity form or a column of a table. */
export interface Field {
  readonly id: number;
  readonly name: string;
  readonly text: string;
  readonly inputType: InputType;
  /** The sub-object that holds the value; null for a key of the object itself. */
  readonly prefix: string | null;
  readonly typeId: number;
  readonly required: 'always' | 'close' | null;
  /** True for the platform's own fields. */
  readonly internal: boolean;
  readonly readOnly: boolean;
  readonly richText: boolean;
  readonly tooltip: string;
  readonly options: readonly FieldOption[];
  readonly uuid: string;
}

/** A field as content declares it; the rest is filled in. */
export interface FieldDraft {
  readonly name: string;
  readonly text: string;
  readonly inputType: InputType;
  readonly required?: 'always' | 'close';
  readonly richText?: boolean;
  readonly readOnly?: boolean;
  readonly tooltip?: string;
  /** Labels get values from the platform's counter; pairs keep the value given. */
  readonly options?: readonly (string | readonly [number | string, string])[];
}

export interface FieldPlace {
  readonly prefix: string | null;
  readonly typeId: number;
  readonly internal: boolean;
}

/** Hands out ids of fields and of select values. */
export interface FieldNumbers {
  nextFieldId(): number;
  nextOptionValue(): number;
}

export function createField(draft: FieldDraft, place: FieldPlace, sources: { ids: Ids; numbers: FieldNumbers; id?: number }): Field {
  const options = (draft.options ?? []).map((option, index): FieldOption => {
    const [value, label] = typeof option === 'string' ? [sources.numbers.nextOptionValue(), option] : option;
    return { value, label, enabled: true, isDefault: index === 0 && draft.inputType === 'select', uuid: sources.ids.uuid() };
  });
  return {
    id: sources.id ?? sources.numbers.nextFieldId(),
    name: draft.name,
    text: draft.text,
    inputType: draft.inputType,
    ...place,
    required: draft.required ?? null,
    readOnly: draft.readOnly ?? false,
    richText: draft.richText ?? false,
    tooltip: draft.tooltip ?? '',
    options,
    uuid: sources.ids.uuid(),
  };
}

/** The name that conditions, queries and PATCH use: prefix and name. */
export function qualifiedName(field: Field): string {
  return field.prefix === null ? field.name : `${field.prefix}.${field.name}`;
}

/**
 * The field as `/types/…/fields` shows it.
 *
 * @param options those of the field, or the users for a field that chooses one.
 */
export function toFieldDto(field: Field, options: readonly FieldOption[]): JsonObject {
  const operations: readonly string[] = methodsByInputType[field.inputType];
  const isCustom = !field.internal;
  return {
    id: field.id,
    name: field.name,
    text: field.text,
    short_text: field.text,
    prefix: field.prefix,
    type_id: field.typeId,
    tooltip: field.tooltip,
    placeholder: '',
    input_type: field.inputType,
    ...(field.required === null ? {} : { required: field.required }),
    hide_notification: false,
    chosen: false,
    default_chosen_by_server: false,
    blank_option: field.inputType === 'select' && field.required !== 'always',
    internal: field.internal,
    uuid: field.uuid,
    operations: [...operations],
    operation_perms: Object.fromEntries(operations.map((operation) => [operation.toUpperCase(), operationPerms(operation)])),
    values: options.map(toOptionDto),
    perms: {
      sort: !field.inputType.startsWith('multiselect'),
      modify_type: isCustom ? choosableInputTypes.filter((type) => type === field.inputType) : [field.inputType],
      modify_required: isCustom,
      show_in_manual_actions: true,
      show_in_notifications: true,
      modify_default: isCustom,
      modify_operations: isCustom,
      modify_name: isCustom,
      modify_chosen: isCustom,
      show_in_auto_actions: true,
      modify_blank: isCustom,
      modify_values: isCustom,
      delete: isCustom,
    },
    read_only: field.readOnly,
    changeable: !field.readOnly,
    rich_text: field.richText,
    ...(field.inputType === 'boolean' ? { label_true: 'Yes', label_false: 'No' } : {}),
    templates: [],
    deprecated: false,
    tags: [],
    calculated: false,
    is_tracked: false,
    allow_default_value: false,
  };
}

function operationPerms(operation: string): JsonObject {
  const isChange = operation.includes('changed');
  return { show_in_manual_actions: !isChange, show_in_auto_actions: true, show_in_notifications: true };
}

function toOptionDto(option: FieldOption): JsonObject {
  return {
    value: option.value,
    label: option.label,
    enabled: option.enabled,
    default: option.isDefault,
    hidden: false,
    properties: null,
    uuid: option.uuid,
  };
}
