import { isJsonObject, toWirebookError, WirebookError } from '@wirebook/errors';
import type { FlowPoint, NodesAdded } from './flow-change.ts';
import type { FlowDocument } from './flow-schema.ts';
import { pickFreeName } from './node-name.ts';
import { findPosition } from './node-positions.ts';
import { parseFlowChange } from './parse-flow-change.ts';
import { renameSteps } from './step-references.ts';
import { showValue } from './value-words.ts';
import { parseWireEnd } from './wire-end.ts';

const presentFormat = 1;
/** Nodes that had no position stand aslant below each other by so many canvas units, so that none hides another. */
const stagger = 40;

/**
 * Nodes as text for the clipboard: in the order of the flow, with the wires between them. Secrets are only named in a config, so the
 * text holds none.
 *
 * @throws FLOW_CHANGE_NODE_UNKNOWN
 */
export function copyNodes(flow: FlowDocument, nodeIds: Iterable<string>): string {
  const wanted = new Set(nodeIds);
  const nodes = flow.nodes.filter(({ id }) => wanted.has(id));
  if (nodes.length < wanted.size) {
    const missing = [...wanted].find((id) => nodes.every((node) => node.id !== id));
    throw new WirebookError('FLOW_CHANGE_NODE_UNKNOWN', `node "${missing}" cannot be copied: it is not in the flow`);
  }
  const wires = flow.wires.filter(({ from, to }) => wanted.has(parseWireEnd(from).nodeId) && wanted.has(parseWireEnd(to).nodeId));
  const positions = Object.fromEntries(
    nodes.flatMap(({ id }): [string, FlowPoint][] => {
      const point = findPosition(flow.layout, id);
      return point === undefined ? [] : [[id, point]];
    }),
  );
  return JSON.stringify({ wirebook: 'nodes', format: presentFormat, nodes, wires, positions }, undefined, 2);
}

export interface PasteOptions {
  /** Gives a new id at every call. */
  readonly ids: () => string;
  /** Where the left upper corner of what is pasted comes to stand. */
  readonly at: FlowPoint;
}

/**
 * The change that adds what {@link copyNodes} copied, from this flow or another: nodes with new ids and with names of their own, and
 * expressions that name each other by these. `$steps` of nodes that were not copied stay as they are.
 *
 * @throws FLOW_CLIPBOARD_INVALID with what was found in the text instead.
 */
export function pasteNodes(flow: FlowDocument, text: string, { ids, at }: PasteOptions): NodesAdded {
  const copied = readClipboard(text);
  const takenIds = new Set(flow.nodes.map(({ id }) => id));
  const takenNames = new Set(flow.nodes.map(({ name }) => name));
  const newIds = new Map<string, string>();
  const newNames = new Map<string, string>();
  for (const { id, name } of copied.nodes) {
    newIds.set(id, drawId(ids, takenIds));
    const free = pickFreeName(takenNames, name);
    takenNames.add(free);
    newNames.set(name, free);
  }
  const idOf = (id: string) => newIds.get(id) ?? id;
  const endOf = (address: string) => {
    const { nodeId, port } = parseWireEnd(address);
    return `${idOf(nodeId)}.${port}`;
  };
  return {
    kind: 'nodes-added',
    nodes: copied.nodes.map((node) => ({
      ...node,
      id: idOf(node.id),
      name: newNames.get(node.name) ?? node.name,
      config: renameSteps(node.config, newNames),
    })),
    wires: copied.wires.map(({ from, to }) => ({ from: endOf(from), to: endOf(to) })),
    positions: Object.fromEntries(movePoints(copied, at).map(([id, point]) => [idOf(id), point])),
  };
}

/** Ids are drawn by chance; one that is in use is drawn again, but a broken source is not asked for ever. */
function drawId(ids: () => string, taken: Set<string>): string {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const id = ids();
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
  throw new WirebookError('ENGINE_INVARIANT_BROKEN', 'the source of ids gave a hundred ids that are in use');
}

function movePoints({ nodes, positions }: NodesAdded, [left, top]: FlowPoint): [string, FlowPoint][] {
  const points = nodes.map(({ id }) => (Object.hasOwn(positions, id) ? positions[id] : undefined));
  const known = points.filter((point) => point !== undefined);
  // A spread of thousands of arguments would be too many.
  const minX = known.reduce((least, [x]) => Math.min(least, x), Number.POSITIVE_INFINITY);
  const minY = known.reduce((least, [, y]) => Math.min(least, y), Number.POSITIVE_INFINITY);
  let unplaced = 0;
  return nodes.map(({ id }, index) => {
    const point = points[index];
    if (point !== undefined) return [id, [point[0] - minX + left, point[1] - minY + top]];
    const offset = stagger * unplaced;
    unplaced += 1;
    return [id, [left + offset, top + offset]];
  });
}

function readClipboard(text: string): NodesAdded {
  const value = parseJson(text);
  if (!isJsonObject(value) || value.wirebook !== 'nodes') throw refuse(describeOther(value));
  if (value.format !== presentFormat) {
    throw refuse(`it holds nodes in format ${showValue(value.format)}, this Wirebook reads format ${presentFormat}`);
  }
  const { nodes, wires, positions } = value;
  const copied = readNodes({ kind: 'nodes-added', nodes, wires, positions });
  const ids = new Set(copied.nodes.map(({ id }) => id));
  if (ids.size < copied.nodes.length || new Set(copied.nodes.map(({ name }) => name)).size < copied.nodes.length) {
    throw refuse('it holds two nodes with the same id or name');
  }
  const loose = copied.wires.find(({ from, to }) => !ids.has(parseWireEnd(from).nodeId) || !ids.has(parseWireEnd(to).nodeId));
  if (loose !== undefined) throw refuse(`it holds the wire ${loose.from} -> ${loose.to} without one of its nodes`);
  return copied;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const found = text.trim() === '' ? 'it is empty' : `it holds other text, beginning ${showValue(text.trim().slice(0, 50))}`;
    throw new WirebookError('FLOW_CLIPBOARD_INVALID', sentence(found), thrown);
  }
}

function readNodes(value: unknown): NodesAdded {
  try {
    const change = parseFlowChange(value);
    if (change.kind === 'nodes-added') return change;
  } catch (thrown) {
    const { message } = toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN');
    throw new WirebookError(
      'FLOW_CLIPBOARD_INVALID',
      sentence(`it holds nodes with a fault: ${message.replace(/^nodes-added: /, '')}`),
      thrown,
    );
  }
  throw new WirebookError('ENGINE_INVARIANT_BROKEN', 'a change was read as another kind than it has');
}

function describeOther(value: unknown): string {
  if (!isJsonObject(value)) return `it holds ${showValue(value)}`;
  if ('format' in value && Array.isArray(value.nodes)) return 'it holds a whole flow; import that instead';
  const keys = Object.keys(value).slice(0, 5).map(showValue).join(', ');
  return keys === '' ? 'it holds an empty JSON object' : `it holds a JSON object with the keys ${keys}`;
}

function refuse(found: string): WirebookError {
  return new WirebookError('FLOW_CLIPBOARD_INVALID', sentence(found));
}

function sentence(found: string): string {
  return `the clipboard holds no nodes of Wirebook: ${found}`;
}
