import type { JsonObject } from '@wirebook/errors';
import type { FlowDocumentInput } from '@wirebook/flow';

/** Node type and config of a node; `guard` holds its retry policy and time limit. */
export type NodeSketch = readonly [type: string, config?: JsonObject, guard?: { readonly retry?: JsonObject; readonly timeoutMs?: number }];

/** A flow of nodes by id, which are also their names, with wires drawn as "a.out -> b.in". */
export function flowOf(
  nodes: Readonly<Record<string, NodeSketch>>,
  wires: readonly string[],
  settings: JsonObject = {},
): FlowDocumentInput {
  return {
    format: 1,
    id: 'f',
    name: 'f',
    settings,
    nodes: Object.entries(nodes).map(([id, [type, config = {}, guard = {}]]) => ({
      id,
      type,
      typeVersion: 1,
      name: id,
      config: { ...config },
      ...guard,
    })),
    wires: wires.map((wire) => {
      const [from = '', to = ''] = wire.split(' -> ');
      return { from, to };
    }),
  } as FlowDocumentInput;
}
