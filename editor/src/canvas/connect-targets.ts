import { canConnect, type FlowDocument, listOutputs } from '@wirebook/flow';
import type { NodeTypeIndex } from '../state/node-type-index.ts';

/** A wire that may be drawn. */
export interface ConnectTarget {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly nodeName: string;
  readonly typeLabel: string;
}

/** All wires that may lead from a node, by its outputs in their order, `error` last; nodes in the order of the flow. */
export function listConnectTargets(document: FlowDocument, nodeTypes: NodeTypeIndex, nodeId: string): readonly ConnectTarget[] {
  const node = document.nodes.find(({ id }) => id === nodeId);
  const descriptor = node === undefined ? undefined : nodeTypes.findDescriptor(node.type);
  if (node === undefined || descriptor === undefined) return [];
  return listOutputs(node, descriptor).flatMap((port) =>
    document.nodes.flatMap((target) => {
      const type = nodeTypes.findDescriptor(target.type);
      if (target.id === nodeId || type === undefined) return [];
      return Object.keys(type.inputs)
        .filter((input) => canConnect(document, nodeTypes, { nodeId, port }, { nodeId: target.id, port: input }) === null)
        .map((input) => ({
          from: `${nodeId}.${port}`,
          to: `${target.id}.${input}`,
          port,
          nodeName: target.name,
          typeLabel: type.label,
        }));
    }),
  );
}
