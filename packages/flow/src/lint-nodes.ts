import { checkConfig } from './check-config.ts';
import type { FlowProblem } from './flow-problem.ts';
import type { FlowDocument, FlowNode } from './flow-schema.ts';
import type { NodeTypeCatalogue } from './node-type-catalogue.ts';

/** Types that are not installed or older than the flow, and configs that their schema refuses. */
export function lintNodes({ nodes }: FlowDocument, catalogue: NodeTypeCatalogue): FlowProblem[] {
  return nodes.flatMap((node) => lintNode(node, catalogue));
}

function lintNode(node: FlowNode, catalogue: NodeTypeCatalogue): FlowProblem[] {
  const place = `node "${node.name}" (${node.type})`;
  const facts = catalogue.find(node.type);
  if (facts === undefined) {
    return [
      {
        code: 'FLOW_NODE_TYPE_UNKNOWN',
        severity: 'error',
        message: `${place}: node type "${node.type}" is not installed`,
        nodeId: node.id,
      },
    ];
  }
  if (node.typeVersion > facts.version) {
    const message = `${place}: version ${node.typeVersion} of the node type is newer than the installed ${facts.version}`;
    return [{ code: 'FLOW_NODE_TYPE_UNKNOWN', severity: 'error', message, nodeId: node.id }];
  }
  return checkConfig(facts.config, node.config).map(({ field, message }) => ({
    code: 'FLOW_NODE_CONFIG_INVALID',
    severity: 'error',
    message: `${place}: ${message}`,
    nodeId: node.id,
    field,
  }));
}
