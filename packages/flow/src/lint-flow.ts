import type { FlowProblem } from './flow-problem.ts';
import type { FlowDocument } from './flow-schema.ts';
import { lintFailures } from './lint-failures.ts';
import { lintNodes } from './lint-nodes.ts';
import { lintPaths } from './lint-paths.ts';
import { lintReplies } from './lint-replies.ts';
import { lintScopes } from './lint-scopes.ts';
import { lintWires } from './lint-wires.ts';
import type { NodeTypeCatalogue } from './node-type-catalogue.ts';

/**
 * What a person should know of a flow before it runs, given the node types that are there: unknown types, configs that their schema
 * refuses, wires that lead nowhere, paths and replies. A flow with a problem of severity `error` cannot be deployed.
 */
export function lintFlow(document: FlowDocument, catalogue: NodeTypeCatalogue): FlowProblem[] {
  return [lintNodes, lintWires, lintPaths, lintReplies, lintScopes, lintFailures].flatMap((lint) => lint(document, catalogue));
}
