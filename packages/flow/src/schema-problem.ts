import { isJsonObject } from '@wirebook/errors';
import type { SchemaError } from '../generated/validate-flow.js';
import type { FlowProblem } from './flow-problem.ts';
import { describeTypes, showValue, toFieldPath } from './value-words.ts';

/** What the patterns of the schema ask for, in words; by the name of the field. */
const patternWords: Readonly<Record<string, string>> = {
  id: 'may hold only letters, digits, "_" and "-"',
  type: 'must be a node type like "core.set"',
  nodeId: 'may hold only letters, digits, "_" and "-"',
  from: 'must be node and port like "n1.out"',
  to: 'must be node and port like "n2.in"',
};

/** One error of the schema as a sentence that names node, wire and field: `node "n3" (core.delay): field "name" must be text, got 12`. */
export function toSchemaProblem(error: SchemaError, document: unknown): FlowProblem {
  const keys = error.instancePath.split('/').slice(1).map(unescapePointer);
  const place = findPlace(keys, document);
  const missing = error.params.missingProperty ?? error.params.additionalProperty;
  const field = toFieldPath(typeof missing === 'string' ? [...place.rest, missing] : place.rest);
  const what = describe(error, field, place.rest.at(-1) ?? '');
  return { code: 'FLOW_DOCUMENT_INVALID', severity: 'error', message: `${place.text}${what}`, ...place.subject };
}

interface Place {
  readonly text: string;
  readonly subject: Pick<FlowProblem, 'nodeId' | 'wire'>;
  /** Keys inside the node, the wire or the document. */
  readonly rest: readonly string[];
}

function findPlace(keys: readonly string[], document: unknown): Place {
  const [list, index, ...rest] = keys;
  const items = isJsonObject(document) && list !== undefined ? document[list] : undefined;
  if ((list !== 'nodes' && list !== 'wires') || index === undefined || !Array.isArray(items)) return { text: '', subject: {}, rest: keys };
  const item: unknown = items[Number(index)];
  const position = Number(index) + 1;
  if (!isJsonObject(item)) return { text: `${list === 'nodes' ? 'node' : 'wire'} number ${position}: `, subject: {}, rest };
  if (list === 'wires') {
    const wire = `${String(item.from)} -> ${String(item.to)}`;
    return { text: `wire number ${position} (${wire}): `, subject: { wire }, rest };
  }
  const type = typeof item.type === 'string' ? ` (${item.type})` : '';
  if (typeof item.id !== 'string') return { text: `node number ${position}${type}: `, subject: {}, rest };
  return { text: `node "${item.id}"${type}: `, subject: { nodeId: item.id }, rest };
}

function describe(error: SchemaError, field: string, name: string): string {
  const { params, data, parentSchema } = error;
  const subject = field === '' ? 'the value' : `field "${field}"`;
  const got = `, got ${showValue(data)}`;
  switch (error.keyword) {
    case 'type':
      return `${subject} must be ${describeTypes([params.type].flat())}${got}`;
    case 'required':
      return `${subject} is missing`;
    case 'additionalProperties': {
      const known = isJsonObject(parentSchema?.properties) ? Object.keys(parentSchema.properties) : [];
      return `${subject} is not known here; known are ${known.join(', ')}`;
    }
    case 'const':
      return `${subject} must be ${showValue(params.allowedValue)}${got}`;
    case 'enum':
      return `${subject} must be one of ${[params.allowedValues].flat().map(showValue).join(', ')}${got}`;
    case 'anyOf':
      return `${subject} must be one of these${got}`;
    case 'pattern':
      return `${subject} ${patternWords[name] ?? `must match ${String(params.pattern)}`}${got}`;
    case 'minLength':
      return `${subject} must not be empty`;
    case 'maxLength':
      return `${subject} must have at most ${String(params.limit)} characters, it has ${String(data).length}`;
    case 'minimum':
      return `${subject} must be at least ${String(params.limit)}${got}`;
    case 'maximum':
      return `${subject} must be at most ${String(params.limit)}${got}`;
    case 'minItems':
    case 'maxItems': {
      const isExact = parentSchema?.minItems === parentSchema?.maxItems;
      const bound = isExact ? '' : error.keyword === 'minItems' ? 'at least ' : 'at most ';
      return `${subject} must have ${bound}${String(params.limit)} items, it has ${Array.isArray(data) ? data.length : 'none'}`;
    }
    case 'maxProperties':
      return `${subject} must have at most ${String(params.limit)} keys`;
    default:
      return `${subject} breaks the rule "${error.keyword}"${got}`;
  }
}

function unescapePointer(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
