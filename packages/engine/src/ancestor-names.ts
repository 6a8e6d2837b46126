import { createFlowGraph, type FlowDocument } from '@wirebook/flow';

/**
 * Names of the nodes that a message may have passed before a node: what `$steps` may name there. Behind a catch node these are all
 * nodes, for messages come to it from everywhere, without a wire.
 *
 * @param isCatching whether nodes of this type take the errors of others.
 */
export function createAncestorNames(
  document: FlowDocument,
  isCatching: (type: string) => boolean,
): (nodeId: string) => ReadonlySet<string> {
  const graph = createFlowGraph(document);
  const nameOf = new Map(document.nodes.map(({ id, name }) => [id, name]));
  const catching = new Set(document.nodes.filter(({ type }) => isCatching(type)).map(({ id }) => id));
  return (nodeId) => {
    const ids = [...graph.ancestorsOf(nodeId)];
    if ([nodeId, ...ids].some((id) => catching.has(id))) return new Set(nameOf.values());
    return new Set(ids.flatMap((id) => nameOf.get(id) ?? []));
  };
}
