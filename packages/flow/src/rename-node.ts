import { WirebookError } from '@wirebook/errors';
import type { FlowDocument } from './flow-schema.ts';
import { renameSteps } from './step-references.ts';

/** The limit of the document's schema. */
export const maxNameLength = 200;

/**
 * The flow in which a node has another name, and every expression that reads the node under `$steps` knows it by that.
 *
 * @throws FLOW_CHANGE_NODE_UNKNOWN, FLOW_CHANGE_NAME_TAKEN, FLOW_CHANGE_INVALID for a name that no node may have.
 */
export function renameNode(flow: FlowDocument, nodeId: string, name: string): FlowDocument {
  const node = flow.nodes.find(({ id }) => id === nodeId);
  if (node === undefined) throw new WirebookError('FLOW_CHANGE_NODE_UNKNOWN', `node "${nodeId}" cannot be renamed: it is not in the flow`);
  if (node.name === name) return flow;
  checkName(name, `the name of node "${nodeId}"`);
  const other = flow.nodes.find((candidate) => candidate.name === name);
  if (other !== undefined) {
    throw new WirebookError(
      'FLOW_CHANGE_NAME_TAKEN',
      `node "${node.name}" cannot be called "${name}": that is the name of node "${other.id}"; expressions find nodes by name`,
    );
  }
  const renames = new Map([[node.name, name]]);
  const nodes = flow.nodes.map((present) => {
    const config = renameSteps(present.config, renames);
    if (present.id === nodeId) return { ...present, name, config };
    return config === present.config ? present : { ...present, config };
  });
  return { ...flow, nodes };
}

/** @throws FLOW_CHANGE_INVALID */
export function checkName(name: string, what: string): void {
  if (name.length >= 1 && name.length <= maxNameLength) return;
  const got = name === '' ? 'it is empty' : `it has ${name.length}`;
  throw new WirebookError('FLOW_CHANGE_INVALID', `${what} must have 1 to ${maxNameLength} characters, ${got}`);
}
