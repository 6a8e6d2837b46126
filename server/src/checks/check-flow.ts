import { type FlowDocument, type FlowProblem, lintFlow } from '@wirebook/flow';
import { checkExpressions } from '../cli/check-expressions.ts';
import { nodeCatalogue } from '../node-catalogue.ts';
import type { KnownNames } from '../platform/platform-book.ts';
import { listUnknownNames } from './unknown-names.ts';
import { listUnknownSecrets } from './unknown-secrets.ts';

export interface FlowCheckOptions {
  /** Null while the platform was not read: names are then not looked at. */
  readonly findNames: () => KnownNames | null;
  /** Gives a way to look secrets up. */
  readonly openSecrets: () => Promise<(name: string) => unknown>;
}

/** All that is wrong with a flow, as far as the server can see it without running it. */
export function createFlowCheck({ findNames, openSecrets }: FlowCheckOptions): (document: FlowDocument) => Promise<readonly FlowProblem[]> {
  return async (document) => {
    const names = findNames();
    return [
      ...lintFlow(document, nodeCatalogue),
      ...checkExpressions(document),
      ...(names === null ? [] : listUnknownNames(document, names)),
      ...listUnknownSecrets(document, await openSecrets()),
    ];
  };
}
