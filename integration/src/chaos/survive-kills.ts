import { setTimeout as delay } from 'node:timers/promises';
import type { InvocationView, Reply } from '@wirebook/simulator';
import { type EngineProcess, startEngine } from '../harness/engine-process.ts';
import { readPoison, readRuns } from '../harness/engine-records.ts';
import type { Platform } from '../harness/platform.ts';
import { createRestEditor } from '../harness/rest-editor.ts';
import { waitFor } from '../harness/wait-for.ts';
import { killBroker, startBroker } from './broker-life.ts';
import { lookUpFlow, reportFlow } from './chaos-flows.ts';
import { type KillPlanOptions, planKills } from './kill-plan.ts';
import { readLeftovers } from './queue-leftovers.ts';

export interface ChaosOptions extends KillPlanOptions {
  readonly policy: 'transaction' | 'reply-then-settle';
}

/** One call as the platform saw it when all was over. */
interface AnsweredCall {
  readonly id: number;
  /** The title that its note would carry; null for calls that write nothing. */
  readonly noteTitle: string | null;
  readonly invocation: InvocationView;
  readonly completing: readonly Reply[];
  readonly statuses: readonly Reply[];
}

export interface ChaosOutcome {
  readonly calls: readonly AnsweredCall[];
  /** How many notes carry a title. */
  readonly noteCount: (title: string) => number;
  /** What still lies on the queue of the calls, or in its dead letters. */
  readonly leftovers: readonly string[];
  readonly poison: readonly string[];
  /** Runs that a kill hit: they needed more than one attempt. */
  readonly repeatedRuns: number;
}

/** Every so many calls writes a note. */
const noteEvery = 3;
const queue = 'actions.201.fn_models';
const answerTimeoutMs = 90_000;
/** What a note takes on the platform, so that kills hit runs inside their write. */
const noteDelayMs = 40;

/** Fires calls, kills engine and broker by the plan of the seed, and tells what the platform saw in the end. */
export async function surviveKills(platform: Platform, options: ChaosOptions): Promise<ChaosOutcome> {
  const { simulator } = platform;
  const editor = createRestEditor(simulator);
  let engine: EngineProcess | undefined;
  try {
    const incident = await editor.findIncidentId();
    simulator.faults.addRestFault({ kind: 'delay', delayMs: noteDelayMs, method: 'POST', path: '*/comments', count: options.calls * 10 });
    const flows = [lookUpFlow, reportFlow(incident)];
    engine = await startEngine({ platform, flows, policy: options.policy });
    const { dataDir } = engine;

    const fired = await Promise.all(
      Array.from({ length: options.calls }, async (_, index) => {
        const noteTitle = index % noteEvery === 0 ? `${options.policy} ${options.seed}: call ${index}.` : null;
        const request =
          noteTitle === null
            ? { function: 'lookup_model_by_id', inputs: { model_id: `M-${index}` } }
            : { function: 'triage_report', inputs: { report_title: noteTitle } };
        return { id: await simulator.invocations.fire(request), noteTitle };
      }),
    );
    const countAnswered = () => fired.filter(({ id }) => simulator.invocations.find(id)?.status !== 'Pending').length;
    const waitForAnswers = (count: number) =>
      waitFor(`${count} answers (there are ${countAnswered()})`, () => countAnswered() >= count, { timeoutMs: answerTimeoutMs });

    for (const kill of planKills(options)) {
      await waitForAnswers(kill.afterAnswers);
      await delay(kill.waitMs);
      if (kill.victim === 'engine') {
        await engine.kill9();
        await delay(kill.downMs);
        engine = await startEngine({ platform, flows, policy: options.policy, dataDir });
      } else {
        await killBroker(platform);
        await delay(kill.downMs);
        await startBroker(platform);
      }
    }
    await waitForAnswers(fired.length);
    await engine.stop();

    const notes = JSON.stringify(await editor.readList(`/incidents/${incident}/comments`));
    const runs = await readRuns(dataDir);
    return {
      calls: fired.map((call) => toAnsweredCall(call, simulator.invocations.find(call.id))),
      noteCount: (title) => notes.split(title).length - 1,
      leftovers: await readLeftovers(platform, queue),
      poison: readPoison(dataDir).map(({ code, reason }) => `${code}: ${reason}`),
      repeatedRuns: runs.filter(({ attempts }) => attempts > 1).length,
    };
  } finally {
    await engine?.kill9();
    await editor.close();
    await simulator.faults.clear();
  }
}

function toAnsweredCall(
  { id, noteTitle }: { readonly id: number; readonly noteTitle: string | null },
  invocation: InvocationView | undefined,
): AnsweredCall {
  if (invocation === undefined) throw new Error(`the platform has forgotten invocation ${id}`);
  return {
    id,
    noteTitle,
    invocation,
    completing: invocation.replies.filter(({ complete }) => complete),
    statuses: invocation.replies.filter(({ complete }) => !complete),
  };
}
