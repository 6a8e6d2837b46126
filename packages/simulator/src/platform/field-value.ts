import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../json-value.ts';
import { type Field, type FieldOption, qualifiedName } from './field.ts';
import type { HandleFormat } from './handle-format.ts';
import { refusal } from './rest-refusal.ts';

/** The options of a field; of one that chooses a user, the users. */
export type OptionsOf = (field: Field) => readonly FieldOption[];

/**
 * Reads a value that a client wrote into the form the platform keeps: option ids, whole numbers, plain or rich text.
 * Selects take an id, a label, or an object with `id` or `name`; text areas also `{format, content}`.
 *
 * @throws WirebookError SIMULATOR_REST_REFUSED (400) for a value the field cannot hold.
 */
export function decodeFieldValue(field: Field, given: JsonValue | undefined, optionsOf: OptionsOf): JsonValue {
  if (given === undefined || given === null) return field.inputType.startsWith('multiselect') ? [] : null;
  switch (field.inputType) {
    case 'boolean':
      if (typeof given !== 'boolean') throw wrongValue(field, given, 'true or false');
      return given;
    case 'number':
      if (typeof given !== 'number' || !Number.isSafeInteger(given)) throw wrongValue(field, given, 'a whole number');
      return given;
    case 'datepicker':
    case 'datetimepicker':
      if (typeof given !== 'number' || !Number.isSafeInteger(given)) throw wrongValue(field, given, 'whole milliseconds since 1970');
      return given;
    case 'text':
      if (typeof given !== 'string') throw wrongValue(field, given, 'a text');
      return given;
    case 'textarea':
      return decodeText(given, field.richText) ?? raise(wrongValue(field, given, 'a text, or an object with format and content'));
    case 'select':
    case 'select_owner':
    case 'select_user':
      return given === '' ? null : findOption(field, given, optionsOf).value;
    case 'multiselect':
    case 'multiselect_members':
      if (!Array.isArray(given)) throw wrongValue(field, given, 'a list');
      return given.map((entry) => findOption(field, entry, optionsOf).value);
    case 'none':
      return given;
    default:
      return field.inputType satisfies never;
  }
}

/** The kept value as an answer shows it. */
export function encodeFieldValue(field: Field, kept: JsonValue | undefined, format: HandleFormat, optionsOf: OptionsOf): JsonValue {
  if (kept === undefined || kept === null) return null;
  if (format === 'ids') return kept;
  switch (field.inputType) {
    case 'select':
    case 'select_owner':
    case 'select_user':
      return encodeOption(optionsOf(field), kept, format);
    case 'multiselect':
    case 'multiselect_members':
      return Array.isArray(kept) ? kept.map((entry) => encodeOption(optionsOf(field), entry, format)) : kept;
    default:
      return kept;
  }
}

/** The kept value as a function message carries it: `{id, name}` for selects, `{format, content}` for text areas. */
export function encodeFunctionInput(field: Field, kept: JsonValue, optionsOf: OptionsOf): JsonValue {
  if (field.inputType === 'textarea') return kept === null ? null : { format: field.richText ? 'html' : 'text', content: kept };
  return encodeFieldValue(field, kept, 'objects', optionsOf);
}

/**
 * A text as clients write it.
 *
 * @param richText whether plain text has to become HTML.
 * @returns undefined when it is neither a text nor `{format, content}`.
 */
export function decodeText(given: JsonValue, richText: boolean): string | null | undefined {
  if (typeof given === 'string') return given;
  if (!isJsonObject(given)) return undefined;
  const content = ownValue(given, 'content');
  if (content === null || content === undefined) return null;
  if (typeof content !== 'string') return undefined;
  const format = ownValue(given, 'format') ?? ownValue(given, 'type') ?? 'text';
  return richText && format === 'text' ? textToHtml(content) : content;
}

function textToHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(/\r?\n/g, '<br />');
}

function findOption(field: Field, given: JsonValue, optionsOf: OptionsOf): FieldOption {
  const options = optionsOf(field);
  const wanted = isJsonObject(given) ? (ownValue(given, 'id') ?? ownValue(given, 'name')) : given;
  const found =
    options.find((option) => option.value === wanted) ??
    (typeof wanted === 'string' ? options.find((option) => option.label === wanted) : undefined);
  if (found === undefined) throw wrongValue(field, given, `one of: ${options.map((option) => option.label).join(', ')}`);
  return found;
}

/** What a condition compares with: labels of the field's options become their ids, everything else stays. */
export function toOptionValues(field: Field, expected: JsonValue, optionsOf: OptionsOf): JsonValue {
  if (Array.isArray(expected)) return expected.map((entry) => toOptionValues(field, entry, optionsOf));
  const options = optionsOf(field);
  const found = options.find((option) => option.value === expected) ?? options.find((option) => option.label === expected);
  return found === undefined ? expected : found.value;
}

function encodeOption(options: readonly FieldOption[], kept: JsonValue, format: 'names' | 'objects'): JsonValue {
  const option = options.find((candidate) => candidate.value === kept);
  if (option === undefined) return kept;
  return format === 'names' ? option.label : { id: option.value, name: option.label };
}

function wrongValue(field: Field, given: JsonValue, wanted: string): Error {
  return refusal(400, `Field ${field.name} takes ${wanted}; it got ${JSON.stringify(given).slice(0, 200)}.`);
}

function raise(error: Error): never {
  throw error;
}

/** The value of a field in the object that holds it, looking below its prefix. */
export function readField(holder: JsonObject, field: Field): JsonValue | undefined {
  if (field.prefix === null) return ownValue(holder, field.name);
  const part = ownValue(holder, field.prefix);
  return isJsonObject(part) ? ownValue(part, field.name) : undefined;
}

/** Puts a value where {@link readField} finds it. */
export function writeField(holder: JsonObject, field: Field, value: JsonValue): void {
  if (field.prefix === null) {
    holder[field.name] = value;
    return;
  }
  const part = ownValue(holder, field.prefix);
  if (isJsonObject(part)) part[field.name] = value;
  else holder[field.prefix] = { [field.name]: value };
}

/** The field with this name, with or without its prefix. */
export function findField(fields: Iterable<Field>, name: string): Field | undefined {
  const all = [...fields];
  return all.find((field) => qualifiedName(field) === name) ?? all.find((field) => field.name === name);
}
