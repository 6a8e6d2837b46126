import type { JsonValue } from '@wirebook/errors';
import { type FlowDocument, parseWireEnd } from '@wirebook/flow';
import type { RunView, StepView, TracedValue } from '@wirebook/trace';

/** Which nodes a port leads to, in the order in which the engine takes them: `node.port` to node ids. */
export type PortTargets = Readonly<Record<string, readonly string[]>>;

/** A message with what is known of its recording. */
export interface KeptValue {
  readonly value: JsonValue;
  /** What was recorded is itself cut. */
  readonly isTruncated: boolean;
}

/** What started the run, as far as it was kept. */
export interface KeptTrigger {
  readonly body: JsonValue | null;
  readonly inputs: JsonValue | null;
  readonly isFunction: boolean;
}

export function toPortTargets(document: FlowDocument): PortTargets {
  const targets: Record<string, string[]> = Object.create(null);
  for (const { from, to } of document.wires) {
    const { nodeId } = parseWireEnd(to);
    const known = targets[from];
    if (known === undefined) targets[from] = [nodeId];
    else known.push(nodeId);
  }
  return targets;
}

/** Finds the values that a trace names instead of keeping them twice. */
export interface RunValues {
  /** What a step was given; undefined when it cannot be told from the trace. */
  findInput(step: StepView): KeptValue | undefined;
  resolve(step: StepView, output: TracedValue): KeptValue | undefined;
  /** The steps before it on its way, nearest first, each with what it emitted for this way. */
  listWay(step: StepView): readonly { readonly nodeId: string; readonly output: KeptValue }[];
}

export function createRunValues(view: RunView, trigger: KeptTrigger, targets: PortTargets | null): RunValues {
  const steps = new Map(view.steps.map((step) => [toKey(step.attempt, step.stepId), step]));
  const inputs = new Map<StepView, KeptValue | undefined>();

  function findParent(step: StepView): StepView | undefined {
    return step.parentStepId === null ? undefined : steps.get(toKey(step.attempt, step.parentStepId));
  }

  function findInput(step: StepView): KeptValue | undefined {
    if (!inputs.has(step)) inputs.set(step, computeInput(step));
    return inputs.get(step);
  }

  function computeInput(step: StepView): KeptValue | undefined {
    if (step.parentStepId === null) {
      const message = trigger.isFunction ? trigger.inputs : trigger.body;
      return message === null ? undefined : { value: message, isTruncated: false };
    }
    if (step.input !== null) return resolve(step, step.input);
    const parent = findParent(step);
    if (parent === undefined) return undefined;
    if (parent.status === 'failed') return findCaught(parent, step);
    const emission = findEmission(parent, step);
    return emission === undefined ? undefined : resolve(parent, emission.output);
  }

  /** A catch node is handed the message that failed; a wire carries a report, which is not kept. */
  function findCaught(parent: StepView, child: StepView): KeptValue | undefined {
    if (targets === null || parent.nodeId === null || child.nodeId === null) return undefined;
    const isWired = (targets[`${parent.nodeId}.error`] ?? []).includes(child.nodeId);
    return isWired ? undefined : findInput(parent);
  }

  /** Which of the outputs led to this step. The engine takes outputs and wires in order, and numbers steps as they begin. */
  function findEmission(parent: StepView, child: StepView): StepView['emissions'][number] | undefined {
    const [only, ...others] = parent.emissions;
    if (others.length === 0) return only;
    if (targets === null || parent.nodeId === null) return undefined;
    const led = parent.emissions.flatMap((emission) =>
      (targets[`${parent.nodeId}.${emission.port}`] ?? []).map((nodeId) => ({ nodeId, emission })),
    );
    const children = view.steps.filter(({ attempt, parentStepId }) => attempt === parent.attempt && parentStepId === parent.stepId);
    const found = led[children.indexOf(child)];
    return found?.nodeId === child.nodeId ? found?.emission : undefined;
  }

  function resolve(step: StepView, output: TracedValue): KeptValue | undefined {
    if (output.sameAs === 'input') return findInput(step);
    const value = output.sameAs === undefined ? output.value : output.sameAs === 'trigger.inputs' ? trigger.inputs : trigger.body;
    // A trigger that was not kept is told as nothing; a value of its own may be null.
    if (value === undefined || (output.sameAs !== undefined && value === null)) return undefined;
    return { value, isTruncated: output.truncated };
  }

  return {
    findInput,
    resolve,
    listWay: (step) => {
      const way: { nodeId: string; output: KeptValue }[] = [];
      for (let child = step, parent = findParent(step); parent !== undefined; child = parent, parent = findParent(parent)) {
        const output = findInput(child);
        if (parent.nodeId !== null && output !== undefined) way.push({ nodeId: parent.nodeId, output });
      }
      return way;
    },
  };
}

function toKey(attempt: number, stepId: number): string {
  return `${attempt}:${stepId}`;
}
