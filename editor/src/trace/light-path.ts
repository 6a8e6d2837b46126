import { type FlowDocument, parseWireEnd } from '@wirebook/flow';
import type { RunView, StepView } from '@wirebook/trace';
import type { RunNodeState } from '../state/run-overlay-store.ts';
import { toStepKey } from './timeline-layout.ts';

/** Leaves by it, though no descriptor lists it. */
const errorPort = 'error';

export interface LitPath {
  readonly nodeStates: ReadonlyMap<string, RunNodeState>;
  readonly litWires: ReadonlySet<string>;
}

/** What the run did, on the nodes and wires of the document that is on the canvas. */
export function findLitPath(
  { steps, status }: Pick<RunView, 'steps' | 'status'>,
  { nodes, wires }: Pick<FlowDocument, 'nodes' | 'wires'>,
): LitPath {
  const stepByKey = new Map(steps.map((step) => [toStepKey(step), step]));
  const nodeStates = new Map<string, RunNodeState>();
  const reached = new Set<string>();
  /** Their parts came from any step that has a wire to them. */
  const joined = new Set<string>();
  for (const step of steps) {
    if (step.nodeId === null) continue;
    nodeStates.set(step.nodeId, worse(nodeStates.get(step.nodeId), toNodeState(step, status)));
    const parent = step.parentStepId === null ? undefined : stepByKey.get(toStepKey({ attempt: step.attempt, stepId: step.parentStepId }));
    if (step.input !== null) joined.add(step.nodeId);
    if (parent?.nodeId == null) continue;
    for (const port of portsOf(parent)) reached.add(`${parent.nodeId}.${port}>${step.nodeId}`);
  }
  if (status !== 'running') {
    for (const { id } of nodes) if (!nodeStates.has(id)) nodeStates.set(id, 'skipped');
  }
  const left = new Set(steps.flatMap((step) => portsOf(step).map((port) => `${step.nodeId}.${port}`)));
  const lit = wires.filter(({ from, to }) => {
    const { nodeId } = parseWireEnd(to);
    return reached.has(`${from}>${nodeId}`) || (joined.has(nodeId) && left.has(from));
  });
  return { nodeStates, litWires: new Set(lit.map(({ from, to }) => `${from}>${to}`)) };
}

function portsOf(step: StepView): readonly string[] {
  const ports = step.emissions.map(({ port }) => port);
  return step.status === 'failed' ? [...ports, errorPort] : ports;
}

function toNodeState(step: StepView, status: RunView['status']): RunNodeState {
  if (step.status === 'failed') return 'failed';
  // What had not ended when the run did is not running any more.
  return step.status === 'running' && status === 'running' ? 'running' : 'ok';
}

const badness: Readonly<Record<RunNodeState, number>> = { skipped: 0, ok: 1, running: 2, failed: 3 };

/** A node may run many times: what went wrong is what one looks for. */
function worse(before: RunNodeState | undefined, now: RunNodeState): RunNodeState {
  return before !== undefined && badness[before] > badness[now] ? before : now;
}
