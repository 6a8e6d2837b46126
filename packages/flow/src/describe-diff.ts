import type { FlowDiff, NodeDiff, WireDiff } from './diff-flows.ts';
import type { ValueDiff } from './value-diff.ts';
import { showValue } from './value-words.ts';
import { parseWireEnd } from './wire-end.ts';

/** What is different between two flows, a sentence each: `node "Set" changed: fields[0].value`. The layout has sentences of its own. */
export function describeDiff(diff: FlowDiff): string[] {
  return [
    ...diff.document.map(describeDocumentPart),
    ...diff.settings.map(({ path, before, after }) => `setting "${path}" changed from ${show(before)} to ${show(after)}`),
    ...diff.nodesAdded.map(({ name, type }) => `node "${name}" (${type}) is new`),
    ...diff.nodesRemoved.map(({ name, type }) => `node "${name}" (${type}) is gone`),
    ...diff.nodesRenamed.map(({ before, after }) => `node "${before}" is called "${after}" now`),
    ...diff.nodesChanged.flatMap(describeNode),
    ...diff.wiresAdded.map((wire) => `wire ${describeWire(wire)} is new`),
    ...diff.wiresRemoved.map((wire) => `wire ${describeWire(wire)} is gone`),
    ...(diff.nodesReordered ? ['nodes stand in another order in the file'] : []),
    ...(diff.wiresReordered ? ['wires are in another order'] : []),
  ];
}

/** What is different for the eye only. */
export function describeLayoutDiff({ layout }: FlowDiff): string[] {
  return [
    ...layout.nodesMoved.map(({ name, before, after }) => {
      if (after === null) return `node "${name}" has no position any more`;
      return `node "${name}" ${before === null ? 'got a position' : 'moved'}`;
    }),
    ...layout.notesChanged.map(({ name }) => `node "${name}" has other notes`),
    ...layout.others.map(({ path }) => `layout changed: ${path}`),
  ];
}

function describeDocumentPart({ path, before, after }: ValueDiff): string {
  return path === 'id' || path === 'name'
    ? `the flow's ${path} changed from ${show(before)} to ${show(after)}`
    : `the flow changed: ${path}`;
}

/** A sentence names no more fields than this. */
const maxFields = 10;

function describeNode({ name, properties, config }: NodeDiff): string[] {
  const fields = config.slice(0, maxFields).map(({ path }) => path || 'config');
  const unnamed = config.length - fields.length;
  const more = unnamed > 0 ? ` and ${unnamed} more` : '';
  return [
    ...properties.map(({ path, before, after }) =>
      path === 'disabled'
        ? `node "${name}" is ${after === true ? 'disabled' : 'enabled'} now`
        : `node "${name}" changed its ${path} from ${show(before)} to ${show(after)}`,
    ),
    ...(fields.length === 0 ? [] : [`node "${name}" changed: ${fields.join(', ')}${more}`]),
  ];
}

function describeWire({ wire, fromName, toName }: WireDiff): string {
  return `from "${fromName}" (${parseWireEnd(wire.from).port}) to "${toName}" (${parseWireEnd(wire.to).port})`;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : showValue(value);
}
