import { type FlowDocument, type FlowNode, type FlowPoint, type FlowProblem, flowVersionHash, parseWireEnd } from '@wirebook/flow';
import type { NodeCategory } from '@wirebook/node-kit';
import { type Node, type NodeHandle, Position } from '@xyflow/react';
import type { FlowState } from '../state/flow-store.ts';
import { type NodeShape, nodeWidth, portSize, shapeNode, type WiredPorts } from './node-geometry.ts';
import { placeNodes } from './place-nodes.ts';

/** What a node's face shows of the document; what it does at run time comes from elsewhere. */
export interface NodeFace extends Record<string, unknown> {
  readonly node: FlowNode;
  readonly typeLabel: string;
  /** Of a tabler icon; null when the type is not installed. */
  readonly icon: string | null;
  readonly category: NodeCategory;
  readonly shape: NodeShape;
  readonly problems: NodeProblems;
  /** It would behave differently from what is deployed. */
  readonly isChanged: boolean;
}

interface NodeProblems {
  readonly errors: number;
  readonly warnings: number;
  /** The texts, one a line. */
  readonly text: string;
}

export type CanvasNode = Node<NodeFace, 'flow-node'>;

type Source = Pick<FlowState, 'document' | 'nodeTypes' | 'problems' | 'deployed' | 'selectedNodeIds' | 'mode'>;

const noProblems: NodeProblems = { errors: 0, warnings: 0, text: '' };
const noPorts: WiredPorts = { inputs: [], outputs: [] };

/**
 * The nodes as the canvas draws them. A node of which nothing changed is the very object of `previous`, so that only touched ones are
 * drawn again; while it is dragged it stays where the pointer has it.
 */
export function deriveNodes(previous: readonly CanvasNode[], state: Source): CanvasNode[] {
  const { document, nodeTypes, deployed, selectedNodeIds, mode } = state;
  const before = new Map(previous.map((node) => [node.id, node]));
  const places = placeNodes(document);
  const problems = groupProblems(state.problems);
  const wired = groupPorts(document);
  const deployedNodes = new Map(deployed?.document.nodes.map((node) => [node.id, node]));
  const isDraggable = mode === 'writing';
  return document.nodes.map((node) => {
    const old = before.get(node.id);
    const descriptor = nodeTypes.findDescriptor(node.type);
    const ports = wired.get(node.id) ?? noPorts;
    const isChanged = deployed !== null && isOtherThan(deployedNodes.get(node.id), node);
    const found = problems.get(node.id) ?? noProblems;
    const keptShape = old !== undefined && old.data.node === node && hasPorts(old.data.shape, ports) ? old.data.shape : undefined;
    const data: NodeFace = {
      node,
      typeLabel: descriptor?.label ?? `${node.type} (not installed)`,
      icon: descriptor?.icon ?? null,
      category: descriptor?.category ?? 'debug',
      shape: keptShape ?? shapeNode(node, descriptor, ports),
      problems: old !== undefined && old.data.problems.text === found.text ? old.data.problems : found,
      isChanged,
    };
    const isSelected = selectedNodeIds.has(node.id);
    const point = places.get(node.id) ?? [0, 0];
    return old !== undefined && isSame(old, data, point, isSelected, isDraggable) ? old : draw(old, data, point, isSelected, isDraggable);
  });
}

function isSame(old: CanvasNode, data: NodeFace, [x, y]: FlowPoint, isSelected: boolean, isDraggable: boolean): boolean {
  const isInPlace = old.dragging === true || (old.position.x === x && old.position.y === y);
  if (!isInPlace || old.selected !== isSelected || old.draggable !== isDraggable) return false;
  return (Object.keys(data) as (keyof NodeFace)[]).every((key) => old.data[key] === data[key]);
}

function draw(old: CanvasNode | undefined, data: NodeFace, [x, y]: FlowPoint, isSelected: boolean, isDraggable: boolean): CanvasNode {
  const { height } = data.shape;
  return {
    id: data.node.id,
    type: 'flow-node',
    position: old?.dragging === true ? old.position : { x, y },
    data,
    selected: isSelected,
    draggable: isDraggable,
    dragging: old?.dragging ?? false,
    width: nodeWidth,
    height,
    measured: { width: nodeWidth, height },
    handles: toHandles(data.shape),
    ariaLabel: describeNode(data),
    domAttributes: { 'aria-roledescription': 'node' },
  };
}

/** What a screen reader says of a node. */
function describeNode({ node, typeLabel, problems }: NodeFace): string {
  const parts = [node.name, typeLabel];
  if (node.disabled) parts.push('disabled');
  if (problems.errors > 0) parts.push(`${problems.errors} ${problems.errors === 1 ? 'error' : 'errors'}`);
  else if (problems.warnings > 0) parts.push(`${problems.warnings} ${problems.warnings === 1 ? 'warning' : 'warnings'}`);
  return parts.join(', ');
}

const positions = { left: Position.Left, right: Position.Right, bottom: Position.Bottom } as const;

function toHandles({ inputs, outputs }: NodeShape): NodeHandle[] {
  const half = portSize / 2;
  return [...inputs.map((port) => ({ port, type: 'target' as const })), ...outputs.map((port) => ({ port, type: 'source' as const }))].map(
    ({ port, type }) => ({
      id: port.id,
      type,
      position: positions[port.side],
      x: port.x - half,
      y: port.y - half,
      width: portSize,
      height: portSize,
    }),
  );
}

function groupProblems(problems: readonly FlowProblem[]): ReadonlyMap<string, NodeProblems> {
  const groups = new Map<string, NodeProblems>();
  for (const { nodeId, severity, message } of problems) {
    if (nodeId === undefined) continue;
    const { errors, warnings, text } = groups.get(nodeId) ?? noProblems;
    groups.set(nodeId, {
      errors: errors + (severity === 'error' ? 1 : 0),
      warnings: warnings + (severity === 'warning' ? 1 : 0),
      text: text === '' ? message : `${text}\n${message}`,
    });
  }
  return groups;
}

function groupPorts({ wires }: FlowDocument): ReadonlyMap<string, WiredPorts> {
  const groups = new Map<string, { inputs: string[]; outputs: string[] }>();
  const add = (address: string, side: 'inputs' | 'outputs') => {
    const { nodeId, port } = parseWireEnd(address);
    const group = groups.get(nodeId) ?? { inputs: [], outputs: [] };
    groups.set(nodeId, group);
    if (!group[side].includes(port)) group[side].push(port);
  };
  for (const { from, to } of wires) {
    add(from, 'outputs');
    add(to, 'inputs');
  }
  return groups;
}

/** A shape is kept while it has every port that wires name, and none that only a wire of the past named. */
function hasPorts(shape: NodeShape, { inputs, outputs }: WiredPorts): boolean {
  const fits = (ports: NodeShape['inputs'], wired: readonly string[]) =>
    wired.every((id) => ports.some((port) => port.id === id)) && ports.every((port) => !port.isMissing || wired.includes(port.id));
  return fits(shape.inputs, inputs) && fits(shape.outputs, outputs);
}

const hashes = new WeakMap<FlowNode, string>();

/** By what they do: notes and the order of keys do not count. */
function isOtherThan(deployed: FlowNode | undefined, node: FlowNode): boolean {
  if (deployed === node) return false;
  return deployed === undefined || hashOf(deployed) !== hashOf(node);
}

function hashOf(node: FlowNode): string {
  const known = hashes.get(node);
  if (known !== undefined) return known;
  const hash = flowVersionHash({ ...emptyFlow, nodes: [node] });
  hashes.set(node, hash);
  return hash;
}

const emptyFlow: FlowDocument = {
  format: 1,
  id: 'x',
  name: 'x',
  description: '',
  settings: { concurrency: 1, timeoutMs: 1000, stepTimeoutMs: 1000, hopLimit: 1, orderBy: null },
  nodes: [],
  wires: [],
  groups: [],
  tests: [],
  layout: {},
};
