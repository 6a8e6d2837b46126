import { createFlowGraph, type FlowDocument, listJoinedWires, type NodeTypeFacts } from '@wirebook/flow';

/**
 * Names of the nodes that a message may have passed before a node: what `$steps` may name there. Behind a catch node these are all
 * nodes, for messages come to it from everywhere, without a wire. Behind a join these are not the nodes that only the parts passed.
 *
 * @param findFacts what is known of a node type.
 */
export function createAncestorNames(
  document: FlowDocument,
  findFacts: (type: string) => NodeTypeFacts | undefined,
): (nodeId: string) => ReadonlySet<string> {
  const graph = createFlowGraph({ nodes: document.nodes, wires: listJoinedWires(document, { find: findFacts }) });
  const nameOf = new Map(document.nodes.map(({ id, name }) => [id, name]));
  const catching = new Set(document.nodes.filter(({ type }) => findFacts(type)?.catches === true).map(({ id }) => id));
  return (nodeId) => {
    const ids = [...graph.ancestorsOf(nodeId)];
    if ([nodeId, ...ids].some((id) => catching.has(id))) return new Set(nameOf.values());
    return new Set(ids.flatMap((id) => nameOf.get(id) ?? []));
  };
}
