import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { isCaught } from '@wirebook/flow';
import { type Ancestry, hasAncestor } from './ancestry.ts';
import type { CompiledCatch, CompiledNode } from './compiled-flow.ts';

interface FailedStep {
  readonly node: CompiledNode;
  readonly message: JsonValue;
  readonly ancestry: Ancestry | null;
}

/** Where an error goes: along the wires of the error port, else to the most specific catch node that takes it; else nowhere. */
export function findErrorTargets(step: FailedStep, error: WirebookError, catches: readonly CompiledCatch[]): readonly CompiledNode[] {
  const wired = step.node.targets.get('error');
  if (wired !== undefined) return wired;
  const catching = catches.find(
    ({ node, filter }) => isCaught(filter, error, step.node.name) && node.id !== step.node.id && !hasAncestor(step.ancestry, node.id),
  );
  return catching === undefined ? [] : [catching.node];
}

/** The analyst reads this in Action Status, where nothing else tells which node it was. */
export function withNodeName(error: WirebookError, nodeName: string): WirebookError {
  if (error.message.startsWith('node "')) return error;
  return new WirebookError(error.code, `node "${nodeName}": ${error.message}`, error, error.details);
}

/** What travels from an error port: the error, the node and the message that failed. */
export function toErrorMessage({ node, message }: FailedStep, error: WirebookError): JsonObject {
  return {
    error: toErrorFacts(error),
    node: { id: node.id, name: node.name },
    message: isJsonObject(message) || Array.isArray(message) ? message : { value: message },
  };
}

/** An error as a message tells it. */
export function toErrorFacts({ code, message, blame, hint, details }: WirebookError): JsonObject {
  return { code, message, blame, hint, ...(details === undefined ? {} : { details: { ...details } }) };
}
