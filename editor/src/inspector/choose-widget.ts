import type { ConfigField } from '@wirebook/node-kit';

/** What a picker offers, and of what. */
export type PickerSource =
  | { readonly kind: 'connection' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'function' }
  | { readonly kind: 'destination' }
  | { readonly kind: 'rules' }
  | { readonly kind: 'field'; readonly objectType: string }
  | { readonly kind: 'values'; readonly objectType: string; readonly field: string }
  | { readonly kind: 'table' }
  | { readonly kind: 'column' }
  | { readonly kind: 'nodes' };

/** How a field of a config is drawn. */
export type WidgetChoice =
  | { readonly kind: 'text' | 'multiline' | 'number' | 'boolean' | 'choice' | 'json' | 'condition' | 'platform-value' }
  | { readonly kind: 'duration' | 'jsonata' }
  | { readonly kind: 'texts' | 'key-value' | 'list' | 'group' }
  | { readonly kind: 'code'; readonly language: 'javascript' | 'json' }
  | { readonly kind: 'picker' | 'pickers'; readonly source: PickerSource };

/** The widget for a field; an `x-editor` that this version does not know leaves the choice to the type, and that to a text field. */
export function chooseWidget(field: ConfigField): WidgetChoice {
  const isList = field.type === 'array';
  const editor = field['x-editor'] ?? '';
  const source = readPicker(editor);
  if (source !== undefined) return { kind: isList ? 'pickers' : 'picker', source };
  switch (editor) {
    case 'code:javascript':
      return { kind: 'code', language: 'javascript' };
    case 'code:jsonata':
      return { kind: 'jsonata' };
    case 'duration':
      return { kind: 'duration' };
    case 'code:json':
      return { kind: 'code', language: 'json' };
    case 'text:multiline':
      return { kind: 'multiline' };
    case 'expression:boolean':
      return { kind: 'condition' };
    case 'value:field':
      return { kind: 'platform-value' };
    case 'json':
      return { kind: 'json' };
    default:
      return chooseByType(field);
  }
}

function chooseByType(field: ConfigField): WidgetChoice {
  if (field.enum !== undefined) return { kind: 'choice' };
  switch (field.type) {
    case 'boolean':
      return { kind: 'boolean' };
    case 'integer':
    case 'number':
      return { kind: 'number' };
    case 'array':
      return chooseForItems(field.items);
    case 'object':
      return chooseForObject(field);
    case 'string':
      return { kind: 'text' };
    case undefined:
      return { kind: field['x-editor'] === undefined ? 'json' : 'text' };
    default:
      return field.type satisfies never;
  }
}

function chooseForItems(items: ConfigField | undefined): WidgetChoice {
  if (items === undefined) return { kind: 'json' };
  return items.type === 'string' && items['x-expression'] !== true && items.enum === undefined ? { kind: 'texts' } : { kind: 'list' };
}

function chooseForObject({ properties, additionalProperties }: ConfigField): WidgetChoice {
  if (properties !== undefined && Object.keys(properties).length > 0) return { kind: 'group' };
  return typeof additionalProperties === 'object' ? { kind: 'key-value' } : { kind: 'json' };
}

function readPicker(editor: string): PickerSource | undefined {
  const [word, kind, objectType, field] = editor.split(':');
  if (word !== 'picker') return undefined;
  switch (kind) {
    case 'connection':
    case 'folder':
    case 'function':
    case 'destination':
    case 'rules':
    case 'table':
    case 'column':
    case 'nodes':
      return { kind };
    case 'values':
      return objectType === undefined || field === undefined ? undefined : { kind, objectType, field };
    case 'columns':
      return { kind: 'column' };
    case 'field':
      return objectType === undefined ? undefined : { kind, objectType };
    default:
      return undefined;
  }
}
