import { compileConfig, createSystemClock, createSystemRandom } from '@wirebook/engine';
import { isJsonObject, WirebookError } from '@wirebook/errors';
import { createFlowGraph, type FlowDocument, type FlowNode, type FlowProblem } from '@wirebook/flow';
import { builtInNodes } from '../node-types.ts';

/** Stand in for secrets and variables, which need not be there: one of them fits nearly every field. */
const placeholders = ['1', 'true', 'placeholder', 'https://example.com/'];

/** Expressions and templates that do not compile, or that name a node no message comes from: at most one problem a node. */
export function checkExpressions(flow: FlowDocument): FlowProblem[] {
  const graph = createFlowGraph(flow);
  const nameOf = new Map(flow.nodes.map(({ id, name }) => [id, name]));
  const catching = new Set(flow.nodes.filter(({ type }) => findDescriptor(type)?.catches === true).map(({ id }) => id));
  return flow.nodes.flatMap((node) => {
    const ids = [...graph.ancestorsOf(node.id)];
    // A catch node gets messages from everywhere, without a wire.
    const isCaught = [node.id, ...ids].some((id) => catching.has(id));
    const ancestors = new Set(isCaught ? nameOf.values() : ids.flatMap((id) => nameOf.get(id) ?? []));
    return findProblem(node, ancestors) ?? [];
  });
}

function findDescriptor(type: string) {
  return builtInNodes.find(({ descriptor }) => descriptor.type === type)?.descriptor;
}

function findProblem(node: FlowNode, ancestors: ReadonlySet<string>): FlowProblem | undefined {
  const schema = findDescriptor(node.type)?.config;
  const config: unknown = node.config;
  if (schema === undefined || !isJsonObject(config)) return undefined;
  const clock = createSystemClock();
  const random = createSystemRandom();
  for (const placeholder of placeholders) {
    const read = () => placeholder;
    try {
      compileConfig({ config, schema, nodeName: node.name, ancestors, secrets: read, env: read, clock, random });
      return undefined;
    } catch (thrown) {
      if (!(thrown instanceof WirebookError)) throw thrown;
      if (thrown.code.startsWith('FLOW_EXPRESSION_'))
        return { code: thrown.code, severity: 'error', message: thrown.message, nodeId: node.id };
      // What else is wrong with a config is told by the lint rules, or comes from the placeholder.
    }
  }
  return undefined;
}
