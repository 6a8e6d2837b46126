import type { PlatformView, RecordedMessageView } from '@wirebook/api';
import { createFlowGraph, type FlowDocument, listJoinedWires } from '@wirebook/flow';
import type { NodeTypeIndex } from '../state/node-type-index.ts';
import { chooseWidget } from './choose-widget.ts';

/** A name that an expression may use, and what it means. */
export interface ScopeName {
  readonly name: string;
  readonly detail: string;
}

/** What an expression of a node can reach, as far as it is known. */
export interface ExpressionScope {
  /** Names of the nodes that a message may have passed before. */
  readonly steps: readonly ScopeName[];
  readonly inputs: readonly ScopeName[];
  /** The message and the trigger of the last recorded run; null when there was none. */
  readonly message: unknown;
  readonly trigger: unknown;
  readonly recordedInputs: unknown;
}

export interface ScopeOptions {
  readonly document: Pick<FlowDocument, 'nodes' | 'wires'>;
  readonly nodeId: string;
  readonly nodeTypes: NodeTypeIndex;
  readonly platform: PlatformView | undefined;
  readonly recorded: RecordedMessageView | null;
}

export function createExpressionScope({ document, nodeId, nodeTypes, platform, recorded }: ScopeOptions): ExpressionScope {
  const passed = listNodesBefore(document, nodeId, nodeTypes);
  return {
    steps: passed.map(({ name, type }) => ({ name, detail: nodeTypes.findDescriptor(type)?.label ?? type })),
    inputs: listInputs(document, nodeTypes, platform),
    message: recorded?.input ?? null,
    trigger: recorded?.trigger ?? null,
    recordedInputs: recorded?.inputs ?? null,
  };
}

/** Behind a node that takes errors these are all nodes, for messages come to it from everywhere, without a wire. */
function listNodesBefore(document: ScopeOptions['document'], nodeId: string, nodeTypes: NodeTypeIndex): FlowDocument['nodes'] {
  const before = createFlowGraph({
    nodes: document.nodes,
    wires: listJoinedWires(document, { find: (type) => nodeTypes.findDescriptor(type) }),
  }).ancestorsOf(nodeId);
  const catches = ({ type }: FlowDocument['nodes'][number]) => nodeTypes.findDescriptor(type)?.catches === true;
  const isBehindCatch = document.nodes.some((node) => (node.id === nodeId || before.has(node.id)) && catches(node));
  return document.nodes.filter(({ id }) => (isBehindCatch ? id !== nodeId : before.has(id)));
}

/** The inputs of the functions that start the flow; the activity fields where a rule starts it. */
function listInputs(
  { nodes }: ScopeOptions['document'],
  nodeTypes: NodeTypeIndex,
  platform: PlatformView | undefined,
): readonly ScopeName[] {
  const found = new Map<string, ScopeName>();
  for (const node of nodes) {
    const descriptor = nodeTypes.findDescriptor(node.type);
    if (descriptor?.source === undefined) continue;
    const chosen = Object.entries(descriptor.config.properties).flatMap(([key, field]) => {
      const widget = chooseWidget(field);
      return widget.kind === 'picker' && widget.source.kind === 'function' ? [node.config[key]] : [];
    });
    const fields =
      descriptor.source.kind === 'function'
        ? (platform?.functions ?? []).filter(({ name }) => chosen.includes(name)).flatMap(({ inputs }) => inputs)
        : (platform?.fields.actioninvocation ?? []);
    for (const { name, label } of fields) found.set(name, { name, detail: label });
  }
  return [...found.values()];
}
