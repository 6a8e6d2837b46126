import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonValue } from '@wirebook/errors';
import type { FieldDefinition } from '@wirebook/node-kit';

export interface Merging {
  /** As the flow knew it. */
  readonly known: JsonValue;
  /** As somebody else left it. */
  readonly current: JsonValue;
  /** As the flow wants it. */
  readonly wanted: JsonValue;
}

/** Both changes in one value; undefined where the field can hold only one of them. */
export function mergeValue({ inputType }: FieldDefinition, { known, current, wanted }: Merging): JsonValue | undefined {
  if (isDeepStrictEqual(current, wanted)) return current;
  if (inputType.startsWith('multiselect')) return mergeLists(toList(known), toList(current), toList(wanted));
  if (inputType !== 'textarea') return undefined;
  const [there, mine] = [toText(current), toText(wanted)];
  if (there.includes(mine)) return current;
  const isHtml = isJsonObject(wanted) && wanted.format === 'html';
  // What is there is kept as the platform gave it, which is HTML where the field is rich.
  const own = isHtml ? mine : mine.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n/g, '<br />');
  return there === '' ? wanted : { format: 'html', content: `${there}<br />${own}` };
}

/** What is there, with what the flow added and without what it took out. */
function mergeLists(known: readonly JsonValue[], current: readonly JsonValue[], wanted: readonly JsonValue[]): JsonValue {
  const removed = known.filter((entry) => !wanted.includes(entry));
  const added = wanted.filter((entry) => !known.includes(entry) && !current.includes(entry));
  return [...current.filter((entry) => !removed.includes(entry)), ...added];
}

function toList(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : value === null ? [] : [value];
}

function toText(value: JsonValue): string {
  const content = isJsonObject(value) ? value.content : value;
  return typeof content === 'string' ? content : '';
}
