import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toWirebookError } from '@wirebook/errors';
import { type FlowProblem, lintFlow, parseFlow } from '@wirebook/flow';
import type { NodeDescriptor } from '@wirebook/node-kit';

export interface CheckedExample {
  /** Path below the folder, e.g. `delay/examples/hold.flow.json`. */
  readonly path: string;
  /** What is wrong with it, warnings included; node types that are not among the descriptors are left out. */
  readonly problems: readonly string[];
}

/**
 * Reads every `*.flow.json` below a folder and checks it as it would be before a deployment.
 *
 * @param folder of a node package's sources, as a file URL.
 */
export function checkExamples(folder: URL, descriptors: readonly NodeDescriptor[]): readonly CheckedExample[] {
  const byType = new Map<string, NodeDescriptor>(descriptors.map((descriptor) => [descriptor.type, descriptor]));
  const root = fileURLToPath(folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.flow.json'))
    .sort()
    .map((path) => ({ path, problems: findProblems(readFileSync(`${root}/${path}`, 'utf8'), byType) }));
}

function findProblems(text: string, byType: ReadonlyMap<string, NodeDescriptor>): readonly string[] {
  try {
    const problems: readonly FlowProblem[] = lintFlow(parseFlow(text), { find: (type) => byType.get(type) });
    return problems.filter(({ code }) => code !== 'FLOW_NODE_TYPE_UNKNOWN').map(({ code, message }) => `${code} ${message}`);
  } catch (thrown) {
    const { code, message } = toWirebookError(thrown, 'FLOW_DOCUMENT_INVALID');
    return [`${code} ${message}`];
  }
}
