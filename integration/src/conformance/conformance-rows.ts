import { readFileSync } from 'node:fs';
import { isJsonObject, type JsonValue } from '@wirebook/errors';

/** A request, and what the platform answers it with. */
export interface ConformanceRow {
  readonly title: string;
  /** Where it stands that it is so. */
  readonly source: string;
  readonly request: {
    readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    /** Below the organisation, or below `/rest`; names in braces stand for values that were kept. */
    readonly path: string;
    readonly absolute?: boolean;
    /** False: without a login. */
    readonly credentials?: boolean;
    readonly body?: JsonValue;
    /** Sent as multipart/form-data. */
    readonly upload?: {
      readonly name: string;
      readonly contentType: string;
      readonly text: string;
      readonly parts?: Readonly<Record<string, string>>;
    };
  };
  readonly expect: {
    readonly status: number;
    /** Dotted path of the part of the answer that the next two are about. */
    readonly at?: string;
    readonly keys?: readonly string[];
    readonly match?: JsonValue;
  };
  /** Values of the answer for rows behind, by name: dotted paths. */
  readonly keep?: Readonly<Record<string, string>>;
}

/** The rows of this repository, in the order in which they have to be asked. */
export function readConformanceRows(): readonly ConformanceRow[] {
  const file = new URL('../../conformance/rest.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { rows: readonly ConformanceRow[] }).rows;
}

/** The text with what was kept; a text that is nothing but a name gives the value itself. */
export function fillIn(value: JsonValue, kept: ReadonlyMap<string, JsonValue>): JsonValue {
  if (typeof value === 'string') {
    const whole = /^\{\{(\w+)\}\}$/.exec(value)?.[1];
    if (whole !== undefined) return kept.get(whole) ?? null;
    return fillInText(value, kept);
  }
  if (Array.isArray(value)) return value.map((item: JsonValue) => fillIn(item, kept));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [fillInText(key, kept), fillIn(item, kept)]));
}

export function fillInText(text: string, kept: ReadonlyMap<string, JsonValue>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(kept.get(name) ?? ''));
}

/** The value at a dotted path; undefined where there is none. */
export function findAt(value: JsonValue, path: string): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const key of path === '' ? [] : path.split('.')) {
    if (Array.isArray(found)) found = found[Number(key)];
    else found = isJsonObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return found;
}

/** What differs, in words; empty where the answer is as expected. */
export function compareAnswer(
  expected: ConformanceRow['expect'],
  answer: { readonly status: number; readonly body: JsonValue },
): readonly string[] {
  if (answer.status !== expected.status)
    return [`the status is ${answer.status}, not ${expected.status}: ${JSON.stringify(answer.body).slice(0, 300)}`];
  const { at = '', keys = [], match } = expected;
  const part = findAt(answer.body, at);
  const place = at === '' ? 'the answer' : at;
  if (part === undefined) return [`there is nothing at ${at}`];
  const missing = keys.filter((key) => !isJsonObject(part) || !Object.hasOwn(part, key));
  return [
    ...(missing.length === 0 ? [] : [`${place} has no ${missing.join(', ')}`]),
    ...(match === undefined ? [] : findMismatches(match, part, place)),
  ];
}

function findMismatches(expected: JsonValue, actual: JsonValue | undefined, place: string): readonly string[] {
  if (!isJsonObject(expected)) {
    return JSON.stringify(expected) === JSON.stringify(actual)
      ? []
      : [`${place} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`];
  }
  return Object.entries(expected).flatMap(([key, value]) =>
    findMismatches(value, isJsonObject(actual) ? actual[key] : undefined, `${place}.${key}`),
  );
}
