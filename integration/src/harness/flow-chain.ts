import type { FlowDocumentInput } from '@wirebook/flow';

export interface ChainNode {
  readonly id: string;
  readonly type: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface ChainOptions {
  readonly id: string;
  /** Each is wired to the next one. */
  readonly nodes: readonly ChainNode[];
  readonly settings?: FlowDocumentInput['settings'];
}

/** A flow without branches; nodes are named by their ids. */
export function chainFlow({ id, nodes, settings }: ChainOptions): FlowDocumentInput {
  return {
    format: 1,
    id,
    name: id,
    nodes: nodes.map((node) => ({ id: node.id, type: node.type, typeVersion: 1, name: node.id, config: { ...node.config } })),
    wires: nodes.slice(1).map((node, index) => ({ from: `${nodes[index]?.id}.out`, to: `${node.id}.in` })),
    ...(settings === undefined ? {} : { settings }),
  };
}

/** Starts with this function of the demonstration organisation. */
export function functionSource(name = 'lookup_model_by_id'): ChainNode {
  return { id: 'source', type: 'soar.function', config: { function: name } };
}

/** Starts with the rules of this destination. */
export function destinationSource(destination: string, rules: readonly string[] = []): ChainNode {
  return { id: 'source', type: 'soar.destination', config: { destination, rules } };
}

/** Answers the automatic rule of the demonstration organisation, which fires for every change of an incident, and does no more. */
export const acceptChangesFlow = chainFlow({
  id: 'accept-changes',
  nodes: [destinationSource('incident_changes'), { id: 'ack', type: 'soar.ack', config: { text: 'Seen' } }],
});

/** One of the flows that `npm start` shows. */
export function sampleFlow(name: 'create-ticket' | 'incident-changed' | 'lookup-model'): string {
  return new URL(`../../../samples/flows/${name}.flow.json`, import.meta.url).pathname;
}
