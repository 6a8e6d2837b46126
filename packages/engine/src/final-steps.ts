import { type JsonObject, WirebookError } from '@wirebook/errors';
import type { Timer } from '@wirebook/node-kit';
import type { RunOutcome } from '@wirebook/trace';
import type { CompiledNode } from './compiled-flow.ts';
import { toErrorFacts } from './error-report.ts';
import { createRunSteps, type RunSteps, type RunStepsOptions } from './run-steps.ts';

/** How a run ended, decided before the nodes for its end begin. */
export interface RunEnding {
  readonly outcome: RunOutcome;
  readonly error: WirebookError | null;
  /** The node whose error ended it. */
  readonly node: CompiledNode | null;
}

export interface FinalStepsOptions extends Omit<RunStepsOptions, 'onCompletion' | 'onUnhandled' | 'onDrained'> {
  readonly ending: RunEnding;
  /** A node made the completing reply. */
  readonly isCompleted: boolean;
}

export interface FinalSteps {
  stop(error: WirebookError): void;
}

/**
 * Starts the nodes for the end of a run, all at one time, each with a time of its own. What fails there is in the trace and changes
 * nothing else.
 *
 * @param onOver called once, when all of them are over or out of time.
 */
export function startFinalSteps(options: FinalStepsOptions, onOver: () => void): FinalSteps {
  const branches = options.flow.finallies.map(({ node, timeoutMs }) => ({ node, timeoutMs, ...createBranch(node, timeoutMs) }));
  let leftCount = branches.length;
  const message = toEndMessage(options);

  function createBranch(
    node: CompiledNode,
    timeoutMs: number,
  ): { steps: RunSteps; open: () => void; close: (error: WirebookError | null) => void } {
    let timer: Timer | null = null;
    let isOver = false;
    const steps = createRunSteps({
      ...options,
      // Such errors belong to the end of the run, which the catch nodes of the flow have nothing to do with.
      catches: [],
      onCompletion: () => undefined,
      onUnhandled: (error) => leave(error),
      onDrained: () => leave(null),
    });

    function close(error: WirebookError | null): void {
      isOver = true;
      timer?.cancel();
      steps.stop(error);
    }

    function leave(error: WirebookError | null): void {
      if (isOver) return;
      close(error);
      leftCount -= 1;
      if (leftCount === 0) onOver();
    }

    return {
      steps,
      close,
      open: () => {
        timer = options.services.clock.startTimer(timeoutMs, () => {
          const text = `node "${node.name}": what follows it took longer than ${timeoutMs} ms and was ended`;
          const error = new WirebookError('ENGINE_FINALLY_TIMEOUT', text);
          steps.failOpen(error);
          leave(error);
        });
        steps.start(node, message);
      },
    };
  }

  for (const branch of branches) branch.open();
  return {
    stop: (error) => {
      for (const branch of branches) branch.close(error);
    },
  };
}

function toEndMessage({ ending: { outcome, error, node }, isCompleted, info }: FinalStepsOptions): JsonObject {
  return {
    outcome,
    completed: isCompleted,
    error: error === null ? null : toErrorFacts(error),
    node: node === null ? null : { id: node.id, name: node.name },
    run: { id: info.runId, attempt: info.attempt },
  };
}
