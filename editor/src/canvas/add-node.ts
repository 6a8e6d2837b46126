import {
  canConnect,
  type FlowDocument,
  type FlowNode,
  type FlowPoint,
  type FlowWire,
  listOutputs,
  makeNodeName,
  type NodesAdded,
} from '@wirebook/flow';
import type { NodeDescriptor } from '@wirebook/node-kit';
import type { LooseEnd } from '../state/canvas-dialog-store.ts';
import type { NodeTypeIndex } from '../state/node-type-index.ts';
import { nodeWidth, snap } from './node-geometry.ts';
import { placeNodes } from './place-nodes.ts';

interface NewNode {
  readonly document: FlowDocument;
  readonly nodeTypes: NodeTypeIndex;
  readonly descriptor: NodeDescriptor;
  readonly id: string;
  readonly at: FlowPoint;
  /** An end that the new node is wired to, where that fits. */
  readonly from: LooseEnd | null;
}

/** The change that adds a node of a type: named after it, configured with the defaults of its schema, on the grid. */
export function makeNodeAdded({ document, nodeTypes, descriptor, id, at, from }: NewNode): NodesAdded {
  const node: FlowNode = {
    id,
    type: descriptor.type,
    typeVersion: descriptor.version,
    name: makeNodeName(document, descriptor.label),
    config: defaultConfig(descriptor),
    disabled: false,
    notes: '',
  };
  const wire = from === null ? null : wireTo(node, descriptor, from);
  const grown = { ...document, nodes: [...document.nodes, node] };
  const fits = wire !== null && canConnect(grown, nodeTypes, endOf(wire.from), endOf(wire.to)) === null;
  return { kind: 'nodes-added', nodes: [node], wires: fits ? [wire] : [], positions: { [id]: snap(at) } };
}

function endOf(address: string): { nodeId: string; port: string } {
  const [nodeId = '', port = ''] = address.split('.');
  return { nodeId, port };
}

function wireTo(node: FlowNode, descriptor: NodeDescriptor, from: LooseEnd): FlowWire | null {
  if (from.side === 'output') {
    const [input] = Object.keys(descriptor.inputs);
    return input === undefined ? null : { from: `${from.nodeId}.${from.port}`, to: `${node.id}.${input}` };
  }
  const [output] = listOutputs(node, descriptor);
  return output === undefined ? null : { from: `${node.id}.${output}`, to: `${from.nodeId}.${from.port}` };
}

function defaultConfig({ config }: NodeDescriptor): Record<string, unknown> {
  const entries = Object.entries(config.properties).filter(([, field]) => field.default !== undefined);
  return Object.fromEntries(entries.map(([key, field]) => [key, structuredClone(field.default)]));
}

const columnDistance = nodeWidth + 72;
const rowDistance = 120;

/** The output that a node added beside another is wired to: its first that has no wire yet; null when it has none. */
export function findFreeOutput(document: FlowDocument, nodeTypes: NodeTypeIndex, nodeId: string): LooseEnd | null {
  const node = document.nodes.find(({ id }) => id === nodeId);
  const descriptor = node === undefined ? undefined : nodeTypes.findDescriptor(node.type);
  if (node === undefined || descriptor === undefined) return null;
  const wired = new Set(document.wires.map(({ from }) => from));
  const port = listOutputs(node, descriptor).find((output) => output !== 'error' && !wired.has(`${nodeId}.${output}`));
  return port === undefined ? null : { nodeId, port, side: 'output' };
}

/**
 * Where a node goes that is added without a pointer: to the right of the selected one; a source left of everything, below the other
 * sources; else to the right of what stands there. Never onto another node.
 */
export function findPlace(document: FlowDocument, descriptor: NodeDescriptor, besideId: string | null, centre: FlowPoint): FlowPoint {
  const places = placeNodes(document);
  if (places.size === 0) return snap([centre[0] - nodeWidth / 2, centre[1]]);
  const points = [...places.values()];
  if (Object.keys(descriptor.inputs).length === 0) {
    const left = points.reduce((least, [x]) => Math.min(least, x), Number.POSITIVE_INFINITY);
    return freeBelow(points, snap([left, points.reduce((least, [, y]) => Math.min(least, y), Number.POSITIVE_INFINITY)]));
  }
  const beside = besideId === null ? undefined : places.get(besideId);
  if (beside !== undefined) return freeBelow(points, snap([beside[0] + columnDistance, beside[1]]));
  return freeBelow(points, snap([centre[0] - nodeWidth / 2, centre[1]]));
}

/** The first place in this column, from here downwards, that covers no node. */
function freeBelow(points: readonly FlowPoint[], [x, y]: FlowPoint): FlowPoint {
  const isTaken = (top: number) =>
    points.some(([otherX, otherY]) => Math.abs(otherX - x) < nodeWidth && Math.abs(otherY - top) < rowDistance - 40);
  let top = y;
  while (isTaken(top)) top += rowDistance;
  return [x, top];
}
