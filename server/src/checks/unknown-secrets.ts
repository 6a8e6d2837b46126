import { isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { FlowDocument, FlowProblem } from '@wirebook/flow';
import { findValueSwitchKind } from '@wirebook/node-kit';

/** Secrets that flows name and that do not resolve: a deployment would be refused. */
export function listUnknownSecrets(document: FlowDocument, findSecret: (name: string) => unknown): FlowProblem[] {
  return document.nodes.flatMap((node) => {
    if (node.disabled) return [];
    const names = new Map<string, string>();
    collectSecrets(toJson(node.config), '', names);
    return [...names].flatMap(([name, field]): FlowProblem[] => {
      const reason = findReason(name, findSecret);
      if (reason === undefined) return [];
      return [{ code: 'CONFIG_SECRET_UNRESOLVED', severity: 'warning', message: `node "${node.name}": ${reason}`, nodeId: node.id, field }];
    });
  });
}

function findReason(name: string, findSecret: (name: string) => unknown): string | undefined {
  try {
    return findSecret(name) === undefined ? `there is no secret "${name}"; add it to [secrets] of app.config` : undefined;
  } catch (thrown) {
    if (thrown instanceof WirebookError) return thrown.message;
    throw thrown;
  }
}

/** Secret names with the first field that each stands in. */
function collectSecrets(value: JsonValue, path: string, names: Map<string, string>): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collectSecrets(item, `${path}[${index}]`, names);
    return;
  }
  if (!isJsonObject(value)) return;
  if (findValueSwitchKind(value) === '$secret') {
    const name = String(value.$secret);
    if (!names.has(name)) names.set(name, path);
    return;
  }
  for (const [key, child] of Object.entries(value)) collectSecrets(child, path === '' ? key : `${path}.${key}`, names);
}

function toJson(config: unknown): JsonValue {
  return isJsonObject(config) ? config : {};
}
