import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isJsonObject } from '@wirebook/errors';
import type { InvocationView } from '@wirebook/simulator';
import { readLedgerCounts, readPoison, readRuns } from '../harness/engine-records.ts';
import type { Platform } from '../harness/platform.ts';
import { createRestEditor, type RestEditor } from '../harness/rest-editor.ts';
import { waitFor } from '../harness/wait-for.ts';
import { killBroker, startBroker } from './broker-life.ts';
import { type BrokerProxy, createBrokerProxy } from './broker-proxy.ts';
import { type ChaosCall, chaosFlows, chaosQueue, fireChaosCalls } from './chaos-calls.ts';
import { type ChaosEngine, startChaosEngine } from './chaos-engine.ts';
import { createFaultyRest, type FaultyRest, type RestFaultKind } from './faulty-rest.ts';
import { readLeftovers } from './queue-leftovers.ts';
import { createSeededRandom } from './seeded-random.ts';
import { planTroubles, type Trouble, type TroublePlanOptions } from './trouble-plan.ts';

export interface ChaosOptions extends TroublePlanOptions {
  readonly policy: 'transaction' | 'reply-then-settle';
  /** Part of the writes over REST that goes wrong, 0 to 1. */
  readonly restFaultShare: number;
  /** False leaves out what finds redeliveries: then calls are answered and writes are made twice. */
  readonly isLedgerConsulted?: boolean | undefined;
  /** How long the platform waits for one further answer before it takes the rest for stuck; 90,000 unless given. */
  readonly stuckAfterMs?: number | undefined;
  /**
   * True waits until the ledger is empty: what the broker took with the connection, unconfirmed, is open until the engine has seen for
   * 5 minutes that it is not delivered again. Otherwise such entries may be left.
   */
  readonly waitsForEmptyLedger?: boolean | undefined;
  /** Hears what happens. */
  readonly report?: ((line: string) => void) | undefined;
}

/** What was there when all was over, unjudged. */
export interface ChaosOutcome {
  readonly options: ChaosOptions;
  readonly calls: readonly ChaosCall[];
  readonly find: (call: ChaosCall) => InvocationView;
  /** Texts of the notes, in the order in which they were written. */
  readonly notes: readonly string[];
  /** Bodies of the PUTs that the platform has handled. */
  readonly puts: readonly string[];
  readonly restFaults: Readonly<Record<RestFaultKind, number>>;
  /** Correlation ids of runs that ended in an error, with it. */
  readonly runErrors: ReadonlyMap<string, string>;
  readonly repeatedRuns: number;
  /** What still lies on the queue, or in its dead letters. */
  readonly leftovers: readonly string[];
  readonly poison: readonly string[];
  /** Entries of the ledger that are not done; of them those whose reply the broker may have. */
  readonly openEntries: number;
  readonly inDoubtEntries: number;
  readonly durationMs: number;
}

const usualStuckAfterMs = 90_000;
const idleTimeoutMs = 60_000;
const emptyLedgerTimeoutMs = 420_000;
/** What an engine that nobody can ask is given to finish what it has answered. */
const blindDrainMs = 3000;
const incidentCount = 12;

/** Lets 1 engine serve the calls of a platform that was given the chaos content, while things go wrong by the plan of the seed. */
export async function surviveChaos(platform: Platform, options: ChaosOptions): Promise<ChaosOutcome> {
  const { simulator } = platform;
  const startedAtMs = performance.now();
  const editor = createRestEditor(simulator);
  const rest = await createFaultyRest({ simulator, random: createSeededRandom(options.seed + 1), share: options.restFaultShare });
  const network = await createBrokerProxy({ host: simulator.stompHost, port: simulator.stompPort });
  const scene = new Scene({ platform, options, rest, network, incidentId: await createIncident(editor) });
  try {
    const incidentIds = await Promise.all(Array.from({ length: incidentCount }, () => createIncident(editor)));
    const calls = await fireChaosCalls(simulator, { seed: options.seed, count: options.calls, incidentIds });
    scene.calls = calls;
    await scene.startEngine();
    const areAllAnswered = await scene.liveThrough(planTroubles(options));
    rest.heal();
    if (areAllAnswered) await scene.comeToRest();
    await scene.engine?.stop();
    return {
      options,
      calls,
      find: (call) => findInvocation(platform, call),
      notes: await readNotes(editor, scene.incidentId),
      puts: rest.handledPuts,
      restFaults: rest.counts,
      ...(await readRecords(scene.dataDir)),
      leftovers: areAllAnswered ? await readLeftovers(platform, chaosQueue) : ['calls without an answer'],
      durationMs: performance.now() - startedAtMs,
    };
  } finally {
    await scene.engine?.kill9();
    await network.close();
    await rest.close();
    await editor.close();
  }
}

interface SceneOptions {
  readonly platform: Platform;
  readonly options: ChaosOptions;
  readonly rest: FaultyRest;
  readonly network: BrokerProxy;
  readonly incidentId: number;
}

class Scene {
  readonly dataDir: string;
  readonly incidentId: number;
  engine: ChaosEngine | undefined;
  calls: readonly ChaosCall[] = [];
  readonly #of: SceneOptions;
  readonly #report: (line: string) => void;

  constructor(of: SceneOptions) {
    this.#of = of;
    this.incidentId = of.incidentId;
    this.dataDir = join(mkdtempSync(join(of.platform.folder, 'chaos-')), 'data');
    this.#report = of.options.report ?? (() => undefined);
  }

  async startEngine(): Promise<void> {
    const { platform, options, rest, network, incidentId } = this.#of;
    this.engine = await startChaosEngine({
      platform,
      flows: chaosFlows(incidentId),
      policy: options.policy,
      isLedgerConsulted: options.isLedgerConsulted ?? true,
      dataDir: this.dataDir,
      rest,
      brokerPort: network.port,
    });
  }

  /** False when calls were not answered any more. */
  async liveThrough(troubles: readonly Trouble[]): Promise<boolean> {
    for (const trouble of troubles) {
      if (!(await this.#waitForAnswers(trouble.afterAnswers))) return false;
      await delay(trouble.waitMs);
      const what = trouble.victim === 'network' ? `network ${trouble.outage}` : `${trouble.victim} killed`;
      this.#report(`${this.#countAnswered()} answered: ${what}, for ${trouble.downMs} ms`);
      await this.#strike(trouble);
    }
    return await this.#waitForAnswers(this.calls.length);
  }

  /** Waits for what goes on behind a reply. */
  async comeToRest(): Promise<void> {
    const { engine } = this;
    if (engine === undefined) return;
    if ((await engine.countOpen()) === null) {
      await delay(blindDrainMs);
      return;
    }
    const isPatient = this.#of.options.waitsForEmptyLedger === true;
    const isAtRest = async () => {
      const counts = await engine.countOpen();
      return counts !== null && counts.open === (isPatient ? 0 : counts.inDoubt);
    };
    try {
      await waitFor('the ledger to come to rest', isAtRest, { timeoutMs: isPatient ? emptyLedgerTimeoutMs : idleTimeoutMs });
    } catch (thrown) {
      // What is left is counted when the engine has ended.
      this.#report(String(thrown));
    }
  }

  async #strike(trouble: Trouble): Promise<void> {
    const { platform, network } = this.#of;
    switch (trouble.victim) {
      case 'engine':
        await this.engine?.kill9();
        await delay(trouble.downMs);
        await this.startEngine();
        return;
      case 'broker':
        await killBroker(platform);
        await delay(trouble.downMs);
        await startBroker(platform);
        return;
      case 'network':
        network.takeAway(trouble.outage);
        await delay(trouble.downMs);
        network.giveBack();
    }
  }

  #countAnswered(): number {
    const { invocations } = this.#of.platform.simulator;
    return this.calls.filter(({ id }) => invocations.find(id)?.status !== 'Pending').length;
  }

  async #waitForAnswers(wanted: number): Promise<boolean> {
    const stuckAfterMs = this.#of.options.stuckAfterMs ?? usualStuckAfterMs;
    let answered = this.#countAnswered();
    let changedAtMs = performance.now();
    while (answered < wanted) {
      await delay(pollMs);
      const now = this.#countAnswered();
      if (now !== answered) changedAtMs = performance.now();
      answered = now;
      if (performance.now() - changedAtMs > stuckAfterMs) {
        this.#report(`stuck with ${answered} answers of ${wanted}`);
        return false;
      }
    }
    return true;
  }
}

const pollMs = 40;

async function createIncident(editor: RestEditor): Promise<number> {
  const { status, body } = await editor.call('POST', '/incidents', { name: 'Chaos', discovered_date: 1 });
  const id = isJsonObject(body) ? body.id : undefined;
  if (typeof id !== 'number') throw new Error(`no incident could be made: ${status} ${JSON.stringify(body)}`);
  return id;
}

function findInvocation({ simulator }: Platform, { id }: ChaosCall): InvocationView {
  const invocation = simulator.invocations.find(id);
  if (invocation === undefined) throw new Error(`the platform has forgotten invocation ${id}`);
  return invocation;
}

async function readNotes(editor: RestEditor, incidentId: number): Promise<readonly string[]> {
  const notes = await editor.readList(`/incidents/${incidentId}/comments`);
  return [...notes].sort((left, right) => Number(left.id) - Number(right.id)).map(({ text }) => String(text));
}

async function readRecords(dataDir: string) {
  const runs = await readRuns(dataDir);
  const ledger = readLedgerCounts(dataDir);
  // A run without an outcome is one whose last events a kill took: what it left on the platform tells.
  const failed = runs.filter(({ outcome }) => outcome !== null && outcome !== 'succeeded');
  return {
    runErrors: new Map(failed.map((run) => [run.head.correlationId ?? '', describeFailure(run)])),
    repeatedRuns: runs.filter(({ attempts }) => attempts > 1).length,
    poison: readPoison(dataDir).map(({ code, reason }) => `${code}: ${reason}`),
    openEntries: ledger.open,
    inDoubtEntries: ledger.inDoubt,
  };
}

function describeFailure({ outcome, events }: Awaited<ReturnType<typeof readRuns>>[number]): string {
  const last = events.findLast((event) => event.type === 'step.failed');
  return `${outcome}: ${last?.error.code ?? 'no error on record'}`;
}
