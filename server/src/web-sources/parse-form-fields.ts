import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

type FormFieldKind = 'text' | 'textarea' | 'date' | 'datetime-local' | 'email' | 'url' | 'number' | 'checkbox' | 'choice' | 'choices';

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly kind: FormFieldKind;
  readonly isRequired: boolean;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  /** As the form shows it before anything was filled in. */
  readonly initial: readonly string[];
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly isWhole: boolean;
  readonly maxLength: number | null;
}

/** What a form asks for, read from its schema once. */
export interface FormPlan {
  readonly fields: readonly FormField[];
  /** The values in their types; what was left empty is not there. */
  read(sent: URLSearchParams): JsonObject;
  /** What is wrong, in words for whoever fills it in, by field. */
  check(values: JsonObject): ReadonlyMap<string, string>;
}

const namePattern = /^[A-Za-z][A-Za-z0-9_]{0,99}$/;
const mostFields = 100;
const datePattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const timePattern =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?$/;
const formats = {
  textarea: true,
  date: datePattern,
  'date-time': timePattern,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  uri: /^https?:\/\/[^\s]+$/i,
} as const;

/**
 * @param place for error texts, e.g. `node "Report", field "fields"`.
 * @throws FLOW_NODE_CONFIG_INVALID
 */
export function parseFormFields(schema: JsonValue | undefined, place: string): FormPlan {
  const refuse = (what: string) => new WirebookError('FLOW_NODE_CONFIG_INVALID', `${place}: ${what}`);
  if (!isJsonObject(schema) || schema.type !== 'object' || !isJsonObject(schema.properties)) {
    throw refuse('it has to be a JSON Schema of an object with "properties"');
  }
  const { required = [] } = schema;
  const names = Object.keys(schema.properties);
  if (names.length === 0 || names.length > mostFields) throw refuse(`it has to have 1 to ${mostFields} properties`);
  if (!Array.isArray(required) || required.some((name) => typeof name !== 'string' || !names.includes(name))) {
    throw refuse('"required" has to be a list of names of its properties');
  }
  const fields = names.map((name) => readField(name, schema.properties, { isRequired: required.includes(name), refuse }));
  const validate = compile(schema, refuse);
  return {
    fields,
    read: (sent) => Object.fromEntries(fields.flatMap((field) => readValue(field, sent.getAll(field.name)))),
    check: (values) => {
      if (validate(values)) return new Map();
      return new Map((validate.errors ?? []).map((error) => describe(error, fields)));
    },
  };
}

interface FieldContext {
  readonly isRequired: boolean;
  readonly refuse: (what: string) => WirebookError;
}

function readField(name: string, properties: JsonValue | undefined, { isRequired, refuse }: FieldContext): FormField {
  const property = isJsonObject(properties) ? properties[name] : undefined;
  if (!namePattern.test(name)) throw refuse(`"${name}" is no name for a field: letters, digits and _, a letter first`);
  if (!isJsonObject(property)) throw refuse(`property "${name}" has to be an object`);
  const kind = findKind(property);
  if (kind === undefined) {
    throw refuse(
      `property "${name}": type ${JSON.stringify(property.type ?? null)} is not shown; write string, number, integer, boolean or an array of choices`,
    );
  }
  const list = kind === 'choices' && isJsonObject(property.items) ? property.items : property;
  const values = Array.isArray(list.enum) ? list.enum : [];
  if (values.some((value) => typeof value !== 'string')) throw refuse(`property "${name}": "enum" has to be a list of texts`);
  const labels = Array.isArray(list['x-labels']) ? list['x-labels'] : [];
  const number = (key: string) => (typeof property[key] === 'number' ? property[key] : null);
  const text = (key: string) => (typeof property[key] === 'string' ? property[key] : '');
  return {
    name,
    label: text('title') || name,
    hint: text('description'),
    kind,
    isRequired,
    choices: values.map((value, index) => ({ value: String(value), label: String(labels[index] ?? value) })),
    initial: toTexts(property.default),
    minimum: number('minimum'),
    maximum: number('maximum'),
    isWhole: property.type === 'integer',
    maxLength: number('maxLength'),
  };
}

function toTexts(value: JsonValue | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function findKind({ type, format, enum: values, items }: JsonObject): FormFieldKind | undefined {
  if (type === 'boolean') return 'checkbox';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'array') return isJsonObject(items) && Array.isArray(items.enum) ? 'choices' : undefined;
  if (type !== 'string') return undefined;
  if (Array.isArray(values)) return 'choice';
  switch (format) {
    case undefined:
      return 'text';
    case 'textarea':
    case 'date':
    case 'email':
      return format;
    case 'date-time':
      return 'datetime-local';
    case 'uri':
      return 'url';
    default:
      return undefined;
  }
}

function compile(schema: JsonObject, refuse: FieldContext['refuse']): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, strict: true, formats: { ...formats }, keywords: ['x-labels'] });
  try {
    return ajv.compile(schema);
  } catch (thrown) {
    throw refuse(`it is no JSON Schema: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

function readValue(field: FormField, sent: readonly string[]): readonly (readonly [string, JsonValue])[] {
  const text = (sent[0] ?? '').replace(/\r\n/g, '\n').trim();
  switch (field.kind) {
    case 'checkbox':
      // A box that has to be ticked and is not counts as left empty.
      return sent.length > 0 ? [[field.name, true]] : field.isRequired ? [] : [[field.name, false]];
    case 'choices':
      return sent.length === 0 && field.isRequired ? [] : [[field.name, [...sent]]];
    case 'number':
      return text === '' ? [] : [[field.name, Number.isNaN(Number(text)) ? text : Number(text)]];
    default:
      return text === '' ? [] : [[field.name, text]];
  }
}

function describe({ keyword, instancePath, params }: ErrorObject, fields: readonly FormField[]): readonly [string, string] {
  const name = keyword === 'required' ? String(params.missingProperty) : (instancePath.split('/')[1] ?? '');
  const kind = fields.find((field) => field.name === name)?.kind;
  return [name, toWords(keyword, { params, kind })];
}

function toWords(keyword: string, { params, kind }: { params: Record<string, unknown>; kind: FormFieldKind | undefined }): string {
  switch (keyword) {
    case 'required':
      return kind === 'checkbox' ? 'Tick this box.' : kind === 'choice' || kind === 'choices' ? 'Choose one.' : 'Fill this in.';
    case 'type':
      return kind === 'number' ? `Write a ${params.type === 'integer' ? 'whole ' : ''}number.` : 'This does not fit.';
    case 'minimum':
      return `Write ${String(params.limit)} or more.`;
    case 'maximum':
      return `Write ${String(params.limit)} or less.`;
    case 'maxLength':
      return `Write at most ${String(params.limit)} characters.`;
    case 'minLength':
      return `Write at least ${String(params.limit)} characters.`;
    case 'maxItems':
      return `Choose at most ${String(params.limit)}.`;
    case 'minItems':
      return `Choose at least ${String(params.limit)}.`;
    case 'enum':
      return 'Choose one of the list.';
    case 'format':
      return formatWords.get(String(params.format)) ?? 'This does not fit.';
    default:
      return 'This does not fit.';
  }
}

const formatWords = new Map([
  ['date', 'Write a date, such as 2026-03-01.'],
  ['date-time', 'Write a date and a time, such as 2026-03-01T12:00.'],
  ['email', 'Write an e-mail address, such as name@example.com.'],
  ['uri', 'Write a web address, such as https://example.com/.'],
]);
