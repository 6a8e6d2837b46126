import { toWirebookError, WirebookError } from '@wirebook/errors';
import type { RunInfo, Timer } from '@wirebook/node-kit';
import { findAncestorOutput, toStepKey } from './ancestry.ts';
import type { PausableTimer } from './pausable-timer.ts';
import type { RunServices } from './run-services.ts';
import type { RunTrace } from './run-trace.ts';
import type { StepContext, StepTask } from './step-context.ts';
import { checkDoubt, toDoubtError, toIntentJson } from './step-doubt.ts';
import { type Emission, type StepEnd, type StepMemory, serializeStepEnd, toTryKey } from './step-memory.ts';
import { saysNothingWritten } from './step-retry.ts';

/** A step that has begun. */
export interface OpenStep extends StepTask {
  readonly stepId: number;
  /** Of the present try. */
  context: StepContext;
  timer: PausableTimer | null;
  /** Runs while the step waits for its next try. */
  wait: Timer | null;
  /** Number of the present try, from 1. */
  tryNumber: number;
  /** The node was started in the present try. */
  hasBegun: boolean;
  /** How it ended was decided by an earlier attempt of the run. */
  isDecided: boolean;
  isOver: boolean;
}

export interface StepPerformerOptions {
  readonly entryId: number;
  readonly info: RunInfo;
  readonly memory: StepMemory;
  readonly trace: RunTrace;
  readonly services: RunServices;
  /** Nothing is started any more. */
  readonly isStopped: () => boolean;
}

export interface StepPerformer {
  /**
   * Makes one try of a step. Undefined when it ended at once, with its emissions in the context.
   *
   * @throws what the node throws at once.
   */
  perform(step: OpenStep): Promise<readonly Emission[]> | undefined;
  /** Milliseconds until the next try after this error; null when the step ends with it. */
  findWaitMs(step: OpenStep, error: WirebookError): number | null;
}

export function createStepPerformer({ entryId, info, memory, trace, services, isStopped }: StepPerformerOptions): StepPerformer {
  function perform(step: OpenStep): Promise<readonly Emission[]> | undefined {
    const { node, context } = step;
    if (node.disabled) {
      if (Object.hasOwn(node.runtime.descriptor.outputs, 'out')) context.emit('out', step.message);
      return undefined;
    }
    if (node.memoryKind !== 'none') return performRemembered(step);
    const config = node.config.fixed ?? node.config.evaluate(toScope(step));
    if (config instanceof Promise) {
      return config.then(async (ready) => {
        await node.runtime.execute(context.withConfig(ready));
        return context.emissions;
      });
    }
    const executed = node.runtime.execute(context.withConfig(config));
    return executed instanceof Promise ? executed.then(() => context.emissions) : undefined;
  }

  /** A step with an effect outside: what it does is on record before it begins and after it ended. */
  async function performRemembered(step: OpenStep): Promise<readonly Emission[]> {
    const { node, context } = step;
    const wholeKey = toStepKey(step.ancestry, node.id);
    while (memory.find(toTryKey(wholeKey, step.tryNumber))?.isTriedAgain === true) step.tryNumber += 1;
    const stepKey = toTryKey(wholeKey, step.tryNumber);
    const known = memory.find(stepKey);
    if (known !== undefined && known.end !== null) {
      trace.add({ type: 'step.reused', stepId: step.stepId, nodeId: node.id, parentStepId: step.ancestry?.stepId ?? null });
      step.isDecided = true;
      if (known.end instanceof WirebookError) throw known.end;
      return known.end;
    }
    if (known !== undefined && node.memoryKind === 'once') {
      throw toDoubtError(node, 'whether it wrote is not known');
    }
    const config = node.config.fixed ?? (await node.config.evaluate(toScope(step)));
    context.withConfig(config);
    const intentJson = node.memoryKind === 'checked' && known === undefined ? await toIntentJson({ node, context, config }) : null;
    if (node.memoryKind === 'checked' && known !== undefined) {
      const end = await checkDoubt({ node, context, config }, known);
      if (end !== null && !step.isOver && !isStopped()) await recordEnd(stepKey, end);
      if (end instanceof WirebookError) throw end;
      if (end !== null) return end;
    }
    if (step.isOver || isStopped()) return [];
    await services.ledger.commit([{ type: 'step-intended', entryId, stepKey, atMs: services.clock.now(), intentJson }]);
    if (step.isOver || isStopped()) return [];
    step.hasBegun = true;
    try {
      await node.runtime.execute(context);
    } catch (thrown) {
      const error = toWirebookError(thrown, 'NODE_UNEXPECTED');
      // One that was aborted may have written: its end is not known.
      if (!step.isOver && !isStopped()) await recordEnd(stepKey, error, findWaitMs(step, error) !== null);
      throw error;
    }
    await recordEnd(stepKey, context.emissions);
    return context.emissions;
  }

  function recordEnd(stepKey: string, end: StepEnd, isTriedAgain = false): Promise<void> {
    return services.ledger.commit([{ type: 'step-done', entryId, stepKey, emissionsJson: serializeStepEnd(end, isTriedAgain) }]);
  }

  function findWaitMs(step: OpenStep, error: WirebookError): number | null {
    const { node } = step;
    if (node.retry === undefined || step.isDecided) return null;
    const isWrite = node.memoryKind === 'once' || node.memoryKind === 'checked';
    if (isWrite && step.hasBegun && (step.context.hasWritten || !saysNothingWritten(error))) return null;
    return node.retry.findWaitMs(error, step.tryNumber);
  }

  function toScope(step: OpenStep) {
    return { message: step.message, trigger: info.trigger, steps: (name: string) => findAncestorOutput(step.ancestry, name) };
  }

  return { perform, findWaitMs };
}
