import type { JsonValue } from '@wirebook/errors';

/**
 * How a message came to be: the step that emitted it and, through `parent`, the steps before. Shared by all messages of a branch,
 * never copied.
 */
export interface Ancestry {
  readonly parent: Ancestry | null;
  readonly nodeId: string;
  readonly nodeName: string;
  readonly stepId: number;
  /** What the step emitted for this branch. */
  readonly output: JsonValue;
  /** Position among the step's emissions. */
  readonly emissionIndex: number;
  /** Steps on the way here. */
  readonly depth: number;
}

/** Output of the nearest ancestor with this node name. */
export function findAncestorOutput(ancestry: Ancestry | null, nodeName: string): JsonValue | undefined {
  for (let link = ancestry; link !== null; link = link.parent) if (link.nodeName === nodeName) return link.output;
  return undefined;
}

export function hasAncestor(ancestry: Ancestry | null, nodeId: string): boolean {
  for (let link = ancestry; link !== null; link = link.parent) if (link.nodeId === nodeId) return true;
  return false;
}

/** Names a step by its way through the flow, the same in every attempt of the run. */
export function toStepKey(ancestry: Ancestry | null, nodeId: string): string {
  const parts: string[] = [nodeId];
  for (let link = ancestry; link !== null; link = link.parent) parts.push(`${link.nodeId}:${link.emissionIndex}`);
  return parts.reverse().join('/');
}
