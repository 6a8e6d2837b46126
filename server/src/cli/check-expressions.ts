import { compileConfig, createAncestorNames, createSystemClock, createSystemRandom } from '@wirebook/engine';
import { isJsonObject, WirebookError } from '@wirebook/errors';
import type { FlowDocument, FlowNode, FlowProblem } from '@wirebook/flow';
import { builtInNodes } from '../node-types.ts';

/** Stand in for secrets and variables, which need not be there: one of them fits nearly every field. */
const placeholders = ['1', 'true', 'placeholder', 'https://example.com/'];

/** Expressions and templates that do not compile, or that name a node no message comes from: at most one problem a node. */
export function checkExpressions(flow: FlowDocument): FlowProblem[] {
  const listAncestorNames = createAncestorNames(flow, (type) => findDescriptor(type)?.catches === true);
  return flow.nodes.flatMap((node) => findProblem(node, listAncestorNames(node.id)) ?? []);
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
        return { code: thrown.code, severity: 'error', message: thrown.message, nodeId: node.id, ...findField(thrown.message, node.name) };
      // What else is wrong with a config is told by the lint rules, or comes from the placeholder.
    }
  }
  return undefined;
}

/** Every message of a field begins with its place. */
function findField(message: string, nodeName: string): { readonly field?: string } {
  const start = `node "${nodeName}": field "`;
  const end = message.startsWith(start) ? message.indexOf('"', start.length) : -1;
  return end < 0 ? {} : { field: message.slice(start.length, end) };
}
