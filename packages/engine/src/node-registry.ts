import type { NodeRuntime } from '@wirebook/node-kit';

/** The node types that this engine can run. */
export interface NodeRegistry {
  find(type: string): NodeRuntime | undefined;
  list(): readonly NodeRuntime[];
}

export function createNodeRegistry(runtimes: readonly NodeRuntime[]): NodeRegistry {
  const byType = new Map(runtimes.map((runtime) => [runtime.descriptor.type, runtime]));
  return { find: (type) => byType.get(type), list: () => [...byType.values()] };
}
