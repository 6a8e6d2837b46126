import { compileConfig, compileExpression, createAncestorNames, createSystemClock, createSystemRandom } from '@wirebook/engine';
import { isJsonObject, WirebookError } from '@wirebook/errors';
import type { FlowDocument, FlowNode, FlowProblem } from '@wirebook/flow';
import type { ConfigField } from '@wirebook/node-kit';
import { builtInNodes } from '../node-types.ts';

/** Stand in for secrets and variables, which need not be there: one of them fits nearly every field. */
const placeholders = ['1', 'true', 'placeholder', 'https://example.com/'];

/** Expressions and templates that do not compile, or that name a node no message comes from: at most one problem a node, and one for the order. */
export function checkExpressions(flow: FlowDocument): FlowProblem[] {
  const listAncestorNames = createAncestorNames(flow, findDescriptor);
  const ofNodes = flow.nodes.flatMap((node) => findProblem(node, listAncestorNames(node.id)) ?? findTextProblem(node) ?? []);
  const { orderBy } = flow.settings;
  const ofOrder = orderBy === null || orderBy.trim() === '' ? undefined : findFault(orderBy, 'setting "orderBy"');
  return ofOrder === undefined ? ofNodes : [{ ...ofOrder, field: 'settings.orderBy' }, ...ofNodes];
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

/** Expressions that a config holds as bare text, such as the keys of a source. */
function findTextProblem({ id, type, name, config }: FlowNode): FlowProblem | undefined {
  for (const [field, { 'x-editor': editor }] of Object.entries<ConfigField>(findDescriptor(type)?.config.properties ?? {})) {
    const text: unknown = Object.hasOwn(config, field) ? config[field] : undefined;
    if (editor !== 'code:jsonata' || typeof text !== 'string' || text.trim() === '') continue;
    const fault = findFault(text, `node "${name}": field "${field}"`);
    if (fault !== undefined) return { ...fault, nodeId: id, field };
  }
  return undefined;
}

/** Of an expression on a message that comes to a source: there is no node before it. */
function findFault(text: string, place: string): FlowProblem | undefined {
  try {
    compileExpression({ text, place, ancestors: new Set(), clock: createSystemClock(), random: createSystemRandom() });
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof WirebookError)) throw thrown;
    return { code: thrown.code, severity: 'error', message: thrown.message };
  }
}

/** Every message of a field begins with its place. */
function findField(message: string, nodeName: string): { readonly field?: string } {
  const start = `node "${nodeName}": field "`;
  const end = message.startsWith(start) ? message.indexOf('"', start.length) : -1;
  return end < 0 ? {} : { field: message.slice(start.length, end) };
}
