import { canConnect } from '@wirebook/flow';
import type { LooseEnd } from '../state/canvas-dialog-store.ts';
import type { FlowState } from '../state/flow-store.ts';

/** The port that a wire is held over. */
export interface PortBelow {
  readonly nodeId: string;
  readonly port: string;
  readonly type: 'source' | 'target';
}

/** Why a wire from one port to another cannot be, in words with the names of nodes; null when it can. */
export function wireWords(
  { document, nodeTypes }: Pick<FlowState, 'document' | 'nodeTypes'>,
  from: LooseEnd,
  below: PortBelow,
): string | null {
  const isFromOutput = from.side === 'output';
  if (isFromOutput === (below.type === 'source')) {
    return isFromOutput
      ? 'Both ends are outputs: a wire leads from an output to an input.'
      : 'Both ends are inputs: a wire leads from an output to an input.';
  }
  const [source, target] = isFromOutput ? [from, below] : [below, from];
  const problem = canConnect(document, nodeTypes, source, target);
  if (problem === null) return null;
  const nameOf = (nodeId: string) => document.nodes.find(({ id }) => id === nodeId)?.name ?? nodeId;
  if (problem.code === 'FLOW_WIRE_DUPLICATE') return `"${nameOf(source.nodeId)}" is wired to "${nameOf(target.nodeId)}" there already.`;
  return problem.message;
}
