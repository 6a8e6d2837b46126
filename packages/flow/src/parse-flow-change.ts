import { isJsonObject, WirebookError } from '@wirebook/errors';
import type { FlowValidator } from '../generated/validate-flow.js';
import {
  batch,
  flowDescribed,
  flowReplaced,
  nodeConfigured,
  nodeGuarded,
  nodeNoted,
  nodeRenamed,
  nodesAdded,
  nodesDisabled,
  nodesMoved,
  nodesRemoved,
  wiresAdded,
  wiresRemoved,
} from '../generated/validate-flow-change.js';
import type { ChangeBatch, FlowChange, FlowReplaced } from './flow-change.ts';
import { toFlowError } from './flow-problem.ts';
import { findForbiddenKeys } from './forbidden-keys.ts';
import { parseFlowValue } from './parse-flow.ts';
import { toSchemaProblem } from './schema-problem.ts';
import { showValue } from './value-words.ts';

const validators: Readonly<Record<FlowChange['kind'], FlowValidator>> = {
  'nodes-added': nodesAdded,
  'nodes-removed': nodesRemoved,
  'nodes-moved': nodesMoved,
  'node-configured': nodeConfigured,
  'node-renamed': nodeRenamed,
  'nodes-disabled': nodesDisabled,
  'node-noted': nodeNoted,
  'node-guarded': nodeGuarded,
  'wires-added': wiresAdded,
  'wires-removed': wiresRemoved,
  'flow-described': flowDescribed,
  'flow-replaced': flowReplaced,
  batch,
};

/** Characters of all texts and keys, and eight for any other value: a document of ten thousand nodes fits several times. */
const maxSize = 16_000_000;
/** Batches within batches: an undo of a paste of … is two deep. */
const maxBatchDepth = 10;

/**
 * Reads a change that came over HTTP, a socket or the clipboard; defaults of nodes are filled in and the value is not changed. Whether
 * it fits a flow is for `applyChange` to say.
 *
 * @throws FLOW_CHANGE_INVALID with the texts of all problems, FLOW_CHANGE_TOO_LARGE; for the document of a flow-replaced the errors of
 * `parseFlowValue`.
 */
export function parseFlowChange(value: unknown): FlowChange {
  if (isLargerThan(value, maxSize)) {
    throw new WirebookError('FLOW_CHANGE_TOO_LARGE', `the change has more than ${maxSize} characters`);
  }
  const [forbidden] = findForbiddenKeys(value);
  if (forbidden !== undefined) throw new WirebookError('FLOW_CHANGE_INVALID', forbidden);
  return readChange(structuredClone(value), '', 0);
}

/** Fills in defaults in place. */
function readChange(value: unknown, place: string, depth: number): FlowChange {
  if (!isJsonObject(value) || typeof value.kind !== 'string') {
    throw new WirebookError('FLOW_CHANGE_INVALID', `${place}a change is a JSON object with a "kind", got ${showValue(value)}`);
  }
  const { kind } = value;
  if (!isKind(kind)) {
    const known = Object.keys(validators).join(', ');
    throw new WirebookError('FLOW_CHANGE_INVALID', `${place}there is no change of kind ${showValue(kind)}; there are ${known}`);
  }
  const validate = validators[kind];
  if (!isChange(value, validate)) {
    const problems = (validate.errors ?? []).map((error) => toSchemaProblem(error, value));
    throw toFlowError(
      problems.map((problem) => ({ ...problem, code: 'FLOW_CHANGE_INVALID', message: `${place}${kind}: ${problem.message}` })),
    );
  }
  switch (value.kind) {
    case 'flow-replaced':
      return { kind: 'flow-replaced', document: parseFlowValue(value.document) };
    case 'batch':
      return readBatch(value, place, depth);
    default:
      return value;
  }
}

function readBatch(value: Unread<ChangeBatch, 'changes'>, place: string, depth: number): ChangeBatch {
  if (depth >= maxBatchDepth) {
    throw new WirebookError('FLOW_CHANGE_INVALID', `${place}batches are nested more than ${maxBatchDepth} deep`);
  }
  const count = value.changes.length;
  const changes = value.changes.map((inner, index) => readChange(inner, `${place}change ${index + 1} of ${count}: `, depth + 1));
  return { ...value, changes };
}

function isKind(kind: string): kind is FlowChange['kind'] {
  return Object.hasOwn(validators, kind);
}

/** A change of which one part was not looked into yet. */
type Unread<Change, Key extends keyof Change> = Omit<Change, Key> &
  Readonly<Record<Key, Change[Key] extends readonly unknown[] ? unknown[] : unknown>>;
type ReadChange = Exclude<FlowChange, ChangeBatch | FlowReplaced> | Unread<ChangeBatch, 'changes'> | Unread<FlowReplaced, 'document'>;

function isChange(value: unknown, validate: FlowValidator): value is ReadChange {
  return validate(value);
}

function isLargerThan(value: unknown, limit: number): boolean {
  const waiting = [value];
  let size = 0;
  while (waiting.length > 0 && size <= limit) {
    const next = waiting.pop();
    size += typeof next === 'string' ? next.length : 8;
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, inner] of Object.entries(next)) {
      if (!Array.isArray(next)) size += key.length;
      waiting.push(inner);
    }
  }
  return size > limit;
}
