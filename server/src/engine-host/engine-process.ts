import { fileURLToPath } from 'node:url';
import { type DebugLine, type EngineView, findUnready, type HealthView, type NodeActivity, type RunRow } from '@wirebook/api';
import { fromErrorRecord, WirebookError } from '@wirebook/errors';
import type { FlowDocument } from '@wirebook/flow';
import type { Clock, Timer } from '@wirebook/node-kit';
import { type ConfigWatch, createConfigWatch, readContentHash } from './config-watch.ts';
import { createDeployLine } from './deploy-line.ts';
import type { DeadLetterResult, EngineBatch, EngineCommand, EngineReport, Injection } from './engine-channel.ts';
import { describeEnd, describeFailure, describeRefusal, incurableExitCodes, toEndError } from './engine-end.ts';
import type { EngineHealth } from './engine-host.ts';
import { createEngineQuestions, type PoisonDecision } from './engine-questions.ts';
import { noNumbers, nothingKnown } from './host-health.ts';
import { createListeners } from './listeners.ts';
import { createNodeActivityBook, type FlowActivity } from './node-activity-book.ts';
import { type PlatformLinks, unknownLinks } from './platform-links.ts';
import { type Supervised, supervise } from './supervise.ts';

export interface EngineProcessOptions {
  /** app.config of the platform; a change of it starts a failed engine again. */
  readonly configFile: string;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** What app.config says unless given. */
  readonly logLevel?: string | undefined;
  /** A line of the engine's log, JSON. */
  readonly onLogLine: (line: string) => void;
  /** Unless null or absent, a change of app.config that this finds readable drains the engine and starts it anew; else it rejects. */
  readonly checkConfig?: (() => Promise<unknown>) | null;
  /** A change of app.config that is not taken. */
  readonly onConfigRefused?: (error: WirebookError) => void;
  /** Number of the version with this hash; null when it is not known. Asked for every row, so it has to be quick. */
  readonly findVersion?: ((flowId: string, flowVersion: string) => number | null) | undefined;
}

/** What happened since the batch before. */
export interface EngineActivity {
  /** One a run, its newest state. */
  readonly rows: readonly RunRow[];
  readonly lines: readonly DebugLine[];
  /** Nodes that did something, with their counts since the server started; none in it when only debug switches changed. */
  readonly flows: readonly FlowActivity[];
  /** What the engine process could not send; dropped rows are in the store. */
  readonly dropped: { readonly rows: number; readonly lines: number };
}

/** The engine as a supervised child process. */
export interface EngineProcess {
  /**
   * Hands the whole set of flows to run to the engine; resolves when it runs them, rejects with a coded error when one is refused:
   * then nothing changed. Waits while the engine starts. After a restart the last accepted set is handed over again by itself.
   */
  deploy(flows: readonly FlowDocument[]): Promise<void>;
  readonly view: EngineView;
  onChange(listener: (view: EngineView) => void): () => void;
  readonly links: PlatformLinks;
  onLinks(listener: (links: PlatformLinks) => void): () => void;
  /** Batches of what happened, at most 20 a second. */
  onActivity(listener: (activity: EngineActivity) => void): () => void;
  /** What the nodes of a flow did since the server started. */
  getNodeActivity(flowId: string): readonly NodeActivity[];
  /** Replaces the switches of a flow; a node that is absent prints as its config says. They hold until the server ends. */
  setDebugSwitches(flowId: string, switches: Readonly<Record<string, boolean>>): void;
  getDebugSwitches(flowId: string): Readonly<Record<string, boolean>>;
  /**
   * Has the engine process carry out a decision about a message in the poison tray.
   *
   * @throws ENGINE_POISON_UNKNOWN, ENGINE_POISON_REFUSED, ENGINE_NOT_ANSWERING, and what the broker refuses.
   */
  decidePoison(decision: PoisonDecision): Promise<void>;
  /**
   * Starts a deployed source by hand; gives the id of the run.
   *
   * @throws ENGINE_SOURCE_CLOSED, ENGINE_INTAKE_FULL, ENGINE_NOT_ANSWERING
   */
  inject(injection: Injection): Promise<string>;
  /**
   * Ends a run for good.
   *
   * @throws ENGINE_RUN_NOT_RUNNING, ENGINE_NOT_ANSWERING
   */
  stopRun(run: { readonly runId: string; readonly by: string }): Promise<void>;
  /**
   * Has the engine process list the dead letters (null) or return one of them.
   *
   * @throws ENGINE_DEAD_LETTER*, ENGINE_NOT_ANSWERING, and what the broker refuses.
   */
  askDeadLetters(messageId: string | null): Promise<DeadLetterResult>;
  readonly health: HealthView;
  /** Numbers of the engine process in the text format of Prometheus; empty while none answers. */
  readMetrics(): Promise<string>;
  /** Undefined while no process runs. */
  readonly pid: number | undefined;
  /** Lets runs finish for nearly as long, then ends the process. */
  stop(withinMs: number): Promise<void>;
}

const program = fileURLToPath(new URL('../../dist/engine-process/main.js', import.meta.url));
const configPollMs = 2000;
/** As long as a stop of wirebook run drains. */
const reloadWithinMs = 31_500;
const repeatDeployMs = 5000;
/** What is left of the time of a stop for closing files after draining. */
const closingMs = 1500;

/** Starts the engine process, which runs no flow until the first deployment. */
export function createEngineProcess(options: EngineProcessOptions): EngineProcess {
  const { clock } = options;
  const deployments = createDeployLine();
  const book = createNodeActivityBook();
  const switches = new Map<string, Readonly<Record<string, boolean>>>();
  const views = createListeners<EngineView>();
  const linkListeners = createListeners<PlatformLinks>();
  const activities = createListeners<EngineActivity>();
  let state: EngineView['state'] = 'starting';
  let reason: string | null = null;
  let sinceMs = clock.now();
  let restarts = 0;
  let numbers = noNumbers;
  let links: PlatformLinks = unknownLinks(clock.now());
  let health: EngineHealth = nothingKnown;
  let droppedLive = 0;
  const questions = createEngineQuestions({ clock, isOpen: () => isOpen, send });
  let lastSeq = 0;
  let isOpen = false;
  let isStopping = false;
  let failure: WirebookError | null = null;
  let retryTimer: Timer | null = null;
  let isReloading = false;
  /** Why the newest app.config is not taken. */
  let configProblem: string | null = null;
  /** Of app.config when the process was started. */
  let configHash = '';
  let supervised: Supervised = begin();
  const configWatch = watchForReload();

  function begin(): Supervised {
    configHash = readContentHash(options.configFile);
    configProblem = null;
    return supervise({
      args: [program, options.configFile, options.dataDir, ...(options.logLevel === undefined ? [] : [options.logLevel])],
      env: options.env,
      clock,
      onLine: options.onLogLine,
      onLogLine: options.onLogLine,
      onMessage: (text) => take(JSON.parse(text)),
      onExit: takeEnd,
      finalCodes: incurableExitCodes,
    });
  }

  function send(command: EngineCommand): void {
    supervised.send(JSON.stringify(command));
  }

  function take(report: EngineReport): void {
    switch (report.type) {
      case 'opened':
        isOpen = true;
        failure = null;
        sendSwitches();
        if (deployments.accepted === null) setState('running', null);
        deployments.repeatAccepted();
        deployNext();
        return;
      case 'deployed':
        takeAnswer(report.id, null);
        return;
      case 'refused':
        takeAnswer(report.id, fromErrorRecord(report.error));
        return;
      case 'batch':
        takeBatch(report.batch);
        return;
      case 'numbers':
        numbers = report.numbers;
        views.tell(toView());
        return;
      case 'health':
        health = report.health;
        return;
      case 'metrics':
      case 'poison':
      case 'run-stopped':
      case 'injected':
      case 'dead-letters':
        questions.take(report);
        return;
      case 'link':
        setLinks({ ...links, [report.side]: report.link });
        views.tell(toView());
        return;
      case 'failed':
        failure = fromErrorRecord(report.error);
        return;
      case 'ended':
        return;
      default:
        report satisfies never;
    }
  }

  function deployNext(): void {
    if (!isOpen) return;
    const order = deployments.next();
    if (order !== undefined) send({ type: 'deploy', id: order.id, flows: order.flows });
  }

  function takeAnswer(id: number, error: WirebookError | null): void {
    const order = deployments.answer(id, error);
    if (order === undefined) return;
    if (error === null) {
      book.keepOnly(new Set(order.flows.map((flow) => flow.id)));
      setState('running', null);
    } else if (order.isRepeat) {
      setState('failed', `The engine runs, but not the deployed flows: ${describeFailure(error)}`);
      if (error.retryable) retryTimer = clock.startTimer(repeatDeployMs, repeatDeploy);
    }
    deployNext();
  }

  function repeatDeploy(): void {
    retryTimer = null;
    if (!isOpen || state !== 'failed') return;
    deployments.repeatAccepted();
    deployNext();
  }

  function takeBatch(batch: EngineBatch): void {
    const rows = batch.rows.map((row) => ({ ...row, version: options.findVersion?.(row.head.flowId, row.head.flowVersion) ?? null }));
    const lines = batch.lines.map((line) => {
      lastSeq += 1;
      return { ...line, seq: lastSeq };
    });
    droppedLive += batch.dropped.rows + batch.dropped.lines;
    activities.tell({ rows, lines, flows: book.add(batch.nodes, batch.circuits), dropped: batch.dropped });
  }

  function takeEnd({ code, signal, restartInMs }: { code: number | null; signal: string | null; restartInMs: number | null }): void {
    const end = { code, signal, failure };
    failure = null;
    isOpen = false;
    numbers = noNumbers;
    health = nothingKnown;
    questions.interrupt();
    retryTimer?.cancel();
    deployments.interrupt();
    setLinks(unknownLinks(clock.now()));
    const interrupted = book.interrupt(clock.now());
    if (interrupted.length > 0) activities.tell({ rows: [], lines: [], flows: interrupted, dropped: { rows: 0, lines: 0 } });
    if (isStopping || isReloading) return;
    if (restartInMs !== null) {
      restarts += 1;
      setState('restarting', describeEnd(end, restartInMs));
    } else if (code === 0) {
      // Somebody asked the process itself to end; it is the server that decides about that.
      restarts += 1;
      setState('restarting', describeEnd(end, 0));
      supervised = begin();
    } else {
      const error = toEndError(end);
      setState('failed', describeFailure(error));
      deployments.rejectAll(error);
      void watchConfig();
    }
  }

  /** A changed app.config may be what was missing, also one that was changed while the process was ending. */
  async function watchConfig(): Promise<void> {
    while (state === 'failed' && !isOpen && !isStopping) {
      if (readContentHash(options.configFile) !== configHash) retry();
      else await clock.sleep(configPollMs);
    }
  }

  function retry(): void {
    if (state !== 'failed' || isOpen || isStopping) return;
    restarts += 1;
    setState('restarting', null);
    supervised = begin();
  }

  /** The engine finishes what it has in hand, and its next process reads the new app.config and gets the accepted flows again. */
  async function reload(): Promise<void> {
    if (isStopping || isReloading) return;
    if (state === 'failed' && !isOpen) {
      retry();
      return;
    }
    isReloading = true;
    isOpen = false;
    configProblem = null;
    setState('restarting', 'app.config was changed: runs in flight finish, then the engine starts again with it.');
    await supervised.stop(reloadWithinMs, () => send({ type: 'stop', drainMs: reloadWithinMs - closingMs }));
    isReloading = false;
    if (!isStopping) supervised = begin();
  }

  function refuseConfig(error: WirebookError): void {
    configProblem = `app.config was changed and cannot be used: ${describeRefusal(error)} The engine goes on with what it read before.`;
    options.onConfigRefused?.(error);
    views.tell(toView());
  }

  function watchForReload(): ConfigWatch | null {
    const { checkConfig: check, configFile: path } = options;
    if (check === undefined || check === null) return null;
    return createConfigWatch({ path, clock, check, onChanged: () => void reload(), onRefused: refuseConfig });
  }

  function sendSwitches(): void {
    send({ type: 'switches', switches: Object.fromEntries(switches) });
  }

  function setState(next: EngineView['state'], why: string | null): void {
    if (next !== state) sinceMs = clock.now();
    state = next;
    reason = why;
    views.tell(toView());
  }

  function setLinks(next: PlatformLinks): void {
    links = next;
    linkListeners.tell(next);
  }

  /** While it starts, and when the platform is gone, that is what people want to know. */
  function toView(): EngineView {
    const waitsFor = state === 'failed' || state === 'stopped' ? null : (links.rest.reason ?? links.broker.reason);
    return { state, reason: waitsFor ?? reason ?? configProblem, sinceMs, restarts, ...numbers };
  }

  function toHealth(): HealthView {
    const { state: ofState, reason: why, sinceMs: since, restarts: count } = toView();
    const known = {
      ...health,
      atMs: clock.now(),
      engine: { state: ofState, reason: why, sinceMs: since, restarts: count },
      ...links,
      drops: { ...health.drops, live: droppedLive },
    };
    return { ...known, notReady: findUnready(known) };
  }

  return {
    get health() {
      return toHealth();
    },
    decidePoison: questions.decidePoison,
    inject: questions.inject,
    stopRun: questions.stopRun,
    askDeadLetters: questions.askDeadLetters,
    readMetrics: questions.readMetrics,
    deploy: async (flows) => {
      if (isStopping) throw toStopError();
      const deployed = deployments.add(flows);
      retry();
      if (state === 'failed') retryTimer?.cancel();
      deployNext();
      await deployed;
    },
    get view() {
      return toView();
    },
    onChange: views.add,
    get links() {
      return links;
    },
    onLinks: linkListeners.add,
    onActivity: activities.add,
    getNodeActivity: (flowId) => book.ofFlow(flowId),
    setDebugSwitches: (flowId, ofFlow) => {
      if (Object.keys(ofFlow).length === 0) switches.delete(flowId);
      else switches.set(flowId, { ...ofFlow });
      if (isOpen) sendSwitches();
      activities.tell({ rows: [], lines: [], flows: [{ flowId, nodes: [] }], dropped: { rows: 0, lines: 0 } });
    },
    getDebugSwitches: (flowId) => switches.get(flowId) ?? {},
    get pid() {
      return supervised.pid();
    },
    stop: async (withinMs) => {
      if (isStopping) return;
      isStopping = true;
      configWatch?.close();
      retryTimer?.cancel();
      deployments.rejectAll(toStopError());
      await supervised.stop(withinMs, () => send({ type: 'stop', drainMs: Math.max(0, withinMs - closingMs) }));
      setState('stopped', null);
    },
  };
}

function toStopError(): WirebookError {
  return new WirebookError('ENGINE_STOPPED', 'the engine was stopped');
}
