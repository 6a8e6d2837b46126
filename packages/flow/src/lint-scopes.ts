import type { FlowProblem } from './flow-problem.ts';
import type { FlowDocument } from './flow-schema.ts';
import { isCompleting, type NodeTypeCatalogue } from './node-type-catalogue.ts';
import { findSplitScopes, findStrayJoins, type SplitScope } from './split-scopes.ts';

/** Splits and joins that do not fit together, and completing replies between them, which a run may send once only. */
export function lintScopes(document: FlowDocument, catalogue: NodeTypeCatalogue): FlowProblem[] {
  // What a node of an unknown type does is not known, so nothing is said of this flow.
  if (document.nodes.some(({ type }) => catalogue.find(type) === undefined)) return [];
  const names = new Map(document.nodes.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  const scopes = findSplitScopes(document, catalogue);
  const completing = new Set(
    document.nodes
      .filter((node) => {
        const facts = catalogue.find(node.type);
        return facts !== undefined && isCompleting(node, facts);
      })
      .map(({ id }) => id),
  );
  return [
    ...scopes.flatMap((scope) => findAmbiguousJoins(scope, nameOf)),
    ...findStrayJoins(document, catalogue).map((id): FlowProblem => {
      const message = `node "${nameOf(id)}": a message comes here that was not split, so there is nothing to join`;
      return { code: 'FLOW_JOIN_INCOMPLETE', severity: 'error', message, nodeId: id };
    }),
    ...findRepliesInside(scopes, { completing, nameOf }),
  ];
}

function findAmbiguousJoins({ splitId, joinIds }: SplitScope, nameOf: (id: string) => string): FlowProblem[] {
  if (joinIds.length < 2) return [];
  const joins = joinIds.map((id) => `"${nameOf(id)}"`).join(', ');
  const message = `node "${nameOf(splitId)}": its parts come to ${joinIds.length} join nodes (${joins}); each split has one`;
  return [{ code: 'FLOW_JOIN_AMBIGUOUS', severity: 'error', message, nodeId: splitId }];
}

/** Of nested splits the innermost is named. */
function findRepliesInside(
  scopes: readonly SplitScope[],
  { completing, nameOf }: { readonly completing: ReadonlySet<string>; readonly nameOf: (id: string) => string },
): FlowProblem[] {
  const problems = new Map<string, FlowProblem>();
  for (const { splitId, inside } of [...scopes].sort((a, b) => a.inside.size - b.inside.size)) {
    for (const id of inside) {
      if (!completing.has(id) || problems.has(id)) continue;
      const message = `node "${nameOf(id)}" completes the action in every part of "${nameOf(splitId)}", and only the first reply counts; complete behind a join`;
      problems.set(id, { code: 'FLOW_REPLY_IN_SPLIT', severity: 'error', message, nodeId: id });
    }
  }
  return [...problems.values()];
}
