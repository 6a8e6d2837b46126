import type { FlowSummary } from '@wirebook/api';
import { type FlowDocument, lintFlow } from '@wirebook/flow';
import { nodeCatalogue } from '../node-catalogue.ts';
import { describeSource } from './describe-source.ts';

/** What a flow is started by: names of functions and destinations, times, addresses, as its source nodes say. */
export function listTriggers(document: FlowDocument): string[] {
  const names = document.nodes.flatMap(({ type, config, disabled }) => {
    const kind = disabled ? undefined : nodeCatalogue.find(type)?.source?.kind;
    const name = kind === undefined ? '' : describeSource(kind, config);
    return name === '' ? [] : [name];
  });
  return [...new Set(names)];
}

/** By the lint rules. */
export function countProblems(document: FlowDocument): FlowSummary['problems'] {
  const problems = lintFlow(document, nodeCatalogue);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: problems.length - errors };
}
