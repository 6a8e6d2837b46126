import { WirebookError } from '@wirebook/errors';
import type { FlowDocument } from '@wirebook/flow';
import type {
  BrokerConnection,
  Clock,
  FolderService,
  HttpService,
  IdSource,
  PlatformClient,
  ScriptService,
  Timer,
} from '@wirebook/node-kit';
import { type CompileFlowOptions, compileFlow } from './compile-flow.ts';
import { type CompletionPolicy, createCompletionQueue } from './completion-queue.ts';
import { createConnectorQueues } from './connector-queues.ts';
import type { EngineLog } from './engine-log.ts';
import { createJoinedQueues } from './joined-queues.ts';
import { reportLastEnd } from './last-end.ts';
import { createLedgerWriter } from './ledger-writer.ts';
import type { AdmissionCounts } from './message-admission.ts';
import { createMessageDesk, type MessageDesk } from './message-desk.ts';
import type { NodeRegistry } from './node-registry.ts';
import { createNodeWaits } from './node-waits.ts';
import { type OwnTrigger, ownBrokerHost, type StartedTrigger, toOwnDestination } from './own-trigger.ts';
import type { Ledger, LedgerCounts } from './ports/ledger.ts';
import type { MessageSpill } from './ports/message-spill.ts';
import type { RunFiles } from './ports/run-files.ts';
import type { TraceSink } from './ports/trace-sink.ts';
import type { WebSource, WebSources } from './ports/web-sources.ts';
import { createRouter, type WantedQueues } from './router.ts';
import type { FindPrintSwitch, StepLine } from './run-services.ts';
import { createRunSlots } from './run-slots.ts';
import { createSchedules } from './schedules.ts';
import { createUndeliveredWatch } from './undelivered-watch.ts';
import { createWaitingMessages, type WaitingCounts } from './waiting-messages.ts';

export interface EngineOptions {
  readonly broker: BrokerConnection;
  /** Part of a message's identity in the ledger. */
  readonly brokerHost: string;
  readonly platform: PlatformClient;
  readonly ledger: Ledger;
  readonly trace: TraceSink;
  readonly registry: NodeRegistry;
  readonly scripts: ScriptService;
  readonly http: HttpService;
  readonly files: RunFiles;
  readonly folders: FolderService;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** 0 to below 1. */
  readonly random: () => number;
  readonly secrets: (name: string) => string | undefined;
  readonly env: (name: string) => string | undefined;
  readonly log: EngineLog;
  /** Takes secrets out of what the platform is told of an error. */
  readonly redactText: (text: string) => string;
  readonly completionPolicy: CompletionPolicy;
  /** Runs at one time, over all flows. */
  readonly runLimit: number;
  /** Messages in flight a subscription. */
  readonly prefetch: number;
  /** Subscriptions a destination. */
  readonly subscriptionCount: number;
  /** One engine serves each destination. */
  readonly exclusive: boolean;
  /** An error that nobody owns: the process has to end and start again. */
  readonly onFatal: (error: unknown) => void;
  readonly spill: MessageSpill;
  /** Raw bytes of messages that wait for their run, over all destinations; what is beyond waits in the spill. */
  readonly heldMaxBytes: number;
  /** Time that a subscription has to stand before a message it did not deliver again counts as settled; 5 minutes unless given. */
  readonly presumeSettledAfterMs?: number;
  /** Name of the platform's connection, as sources may write it; `resilient` unless given. */
  readonly connection?: string | undefined;
  /** Runs of messages of one destination at one time; as many as in all unless given. */
  readonly destinationRunLimit?: number | undefined;
  /** An error that no node takes ends the action well, with results that tell it; false unless given. */
  readonly trapsErrors?: boolean;
  /** Traces wait to be written, more than is good: no run begins until they are fewer; never unless given. */
  readonly isTraceBehind?: (() => boolean) | undefined;
  /** Messages that the ledger takes over at most, as they wait or keep an order; 100,000 unless given. */
  readonly takenOverLimit?: number | undefined;
  /** It is known that the process before this one was ended from inside, by a signal such as SIGSEGV; false unless given. */
  readonly hasDiedNatively?: boolean;
  /** Switches printing of single nodes on or off while they run; every node prints as its config says unless given. */
  readonly findPrintSwitch?: FindPrintSwitch | undefined;
  /** Listens for HTTP requests; sources that need it cannot be deployed without. */
  readonly web?: WebSources | undefined;
  /** Hears each line that a step writes or prints, at once. It must not throw. */
  readonly onLine?: ((line: StepLine) => void) | undefined;
  /** Full names of connector queues beside those that the platform names. */
  readonly connectorQueues?: readonly string[] | undefined;
  /** Full name of the queue on which the platform tells of connector queues that come and go. */
  readonly connectorUpdatesQueue?: string | undefined;
  /** False only in negative controls. */
  readonly isLedgerConsulted?: boolean;
}

export interface EngineStatus {
  readonly runsActive: number;
  readonly runsWaiting: number;
  readonly messagesInHand: number;
  readonly completionsUnderWay: number;
  readonly destinations: readonly string[];
  /** Destinations that are being left, and the messages of them that are still in hand. */
  readonly draining: readonly { readonly destination: string; readonly inHand: number }[];
  readonly ledger: LedgerCounts;
  readonly waiting: WaitingCounts;
  readonly admission: AdmissionCounts;
  /** Times that runs were held back because traces were not written fast enough. */
  readonly heldBack: number;
  /** Steps that wait for their time in the middle of a flow. */
  readonly stepsWaiting: number;
}

export interface StopOptions {
  /** Time for runs in flight; what is left then is cancelled and delivered again later. */
  readonly drainMs: number;
}

/** Runs deployed flows on live messages. */
export interface Engine {
  /**
   * Replaces what is deployed. Runs in flight finish on the version they began with. Nothing changes when one flow is refused.
   *
   * @throws what {@link compileFlow} and {@link createRouter} throw, SOAR_BROKER_NOT_AUTHORIZED
   */
  deploy(documents: readonly FlowDocument[]): Promise<void>;
  /**
   * Starts a run of a deployed source that is no message of the platform. When it returns the trigger is on the disk: its run comes,
   * whatever becomes of the process.
   *
   * @throws ENGINE_SOURCE_CLOSED, ENGINE_INTAKE_FULL, STORE_FAILED
   */
  trigger(own: OwnTrigger): StartedTrigger;
  getStatus(): EngineStatus;
  /**
   * Ends a run for good, as a person wants it.
   *
   * @throws ENGINE_RUN_NOT_RUNNING
   */
  stopRun(runId: string, by: string): void;
  /** No message is in hand, and none came for a second: a moment for work that may wait. */
  isIdle(): boolean;
  /** This message of the ledger is in hand. */
  isHeld(entryId: number): boolean;
  /** Starts taken-over messages that came into the ledger from elsewhere. */
  resumeTakenOver(): void;
  /** Puts the runs in flight on record as suspects; called right before the process ends by an error. */
  recordCrash(): void;
  /** Puts on record that the process ends by an error that no message can be blamed for. */
  recordEnd(): void;
  /** Starts nothing new, lets runs finish, then leaves the destinations. */
  stop(options: StopOptions): Promise<void>;
}

/** Lazy ledger changes and news of slow runs wait this long at most. */
const tidyIntervalMs = 500;
const drainPollMs = 10;
/** Between two messages of a steady load nothing is idle. */
const idleAfterMs = 1000;
const takenOverLimit = 100_000;
const presumeSettledAfterMs = 300_000;

export function createEngine(options: EngineOptions): Engine {
  const { broker, ledger, clock, log } = options;
  const writer = createLedgerWriter(ledger);
  const slots = createRunSlots({
    totalLimit: options.runLimit,
    destinationLimit: options.destinationRunLimit,
    clock,
    isHeldBack: options.isTraceBehind,
  });
  const completions = createCompletionQueue({
    broker,
    ledger: writer,
    policy: options.completionPolicy,
    now: () => clock.now(),
    onFailure: options.onFatal,
  });
  const compileOptions: CompileFlowOptions = {
    ...options,
    catalogue: options.platform.catalogue,
    connection: options.connection ?? 'resilient',
  };
  let router = createRouter([]);
  let tidyTimer: Timer | null = null;
  let isStopped = false;

  const waiting = createWaitingMessages({
    spill: options.spill,
    readTakenOver: (entryId) => ledger.readRaw(entryId).body,
    memoryLimitBytes: options.heldMaxBytes,
    log,
  });

  const waits = createNodeWaits({ clock, random: options.random, writer, ledger });
  const schedules = createSchedules({ clock, ledger, log, trigger, onFatal: options.onFatal });
  const desk = createMessageDesk({
    ...options,
    onRunOver: (message, outcome) => {
      if (outcome === 'succeeded') schedules.noteSuccess(message.raw);
      if (message.entry.key.brokerHost === ownBrokerHost) options.web?.noteOver(message.entry.runId, outcome);
    },
    waiting,
    writer,
    completions,
    slots,
    services: {
      platform: options.platform,
      http: options.http,
      scripts: options.scripts,
      files: options.files,
      folders: options.folders,
      clock,
      ledger: writer,
      waits,
      respond: (runId, response) => options.web?.respond(runId, response) ?? false,
      findPrintSwitch: options.findPrintSwitch,
      onLine: options.onLine,
    },
    router: () => router,
    takenOverLimit: options.takenOverLimit ?? takenOverLimit,
    trapsErrors: options.trapsErrors ?? false,
    isLedgerConsulted: options.isLedgerConsulted ?? true,
  });

  const queues = createJoinedQueues({
    ...options,
    ...pickQueueSide(desk),
    onDelivery: (delivery) => (connectorQueues.isUpdate(delivery) ? connectorQueues.takeUpdate(delivery) : desk.take(delivery)),
  });
  const connectorQueues = createConnectorQueues({
    ...options,
    catalogue: options.platform.catalogue,
    configured: options.connectorQueues ?? [],
    updatesQueue: options.connectorUpdatesQueue ?? null,
    onChange: async () => {
      const wanted = toNamedQueues(router.listQueues());
      await queues.join(wanted);
      await leaveAllBut(wanted);
    },
  });

  const undelivered = createUndeliveredWatch({
    ...options,
    writer,
    afterMs: options.presumeSettledAfterMs ?? presumeSettledAfterMs,
    isHeld: (entryId) => desk.isHeld(entryId),
  });

  function tidy(): void {
    try {
      writer.flush();
      undelivered.look(queues.subscriptions());
      desk.goOnResuming();
      desk.flushTraces();
    } catch (thrown) {
      options.onFatal(thrown);
    }
    if (!isStopped) tidyTimer = clock.startTimer(tidyIntervalMs, tidy);
  }

  function toNamedQueues(wanted: WantedQueues): ReadonlyMap<string, string> {
    const { orgId } = options.platform.catalogue;
    const inbound = wanted.inbound.map((name) => `inbound_destinations.${orgId}.${name}`);
    const whole = [...inbound, ...wanted.connectors, ...(wanted.takesAnyConnector ? connectorQueues.list() : [])];
    const actions = wanted.actions.map((name) => [name, `actions.${orgId}.${name}`] as const);
    return new Map([...actions, ...whole.map((queue) => [queue, queue] as const)]);
  }

  async function leaveAllBut(wanted: ReadonlyMap<string, string>): Promise<void> {
    const leaving = queues.names().filter((name) => !wanted.has(name));
    await Promise.all(leaving.map((name) => queues.leave(name)));
  }

  async function deploy(documents: readonly FlowDocument[]): Promise<void> {
    const flows = await Promise.all(documents.map((document) => compileFlow(document, compileOptions)));
    const next = createRouter(flows);
    const wanted = next.listQueues();
    if (wanted.takesAnyConnector) await connectorQueues.open();
    await prepareWeb(next.listWebSources());
    if (tidyTimer === null) tidyTimer = clock.startTimer(tidyIntervalMs, tidy);
    desk.beginDeploy();
    try {
      await queues.join(toNamedQueues(wanted));
      router = next;
      slots.setFlowCount(flows.length);
      // Older than what is delivered now: it must not be passed in its lane.
      desk.resumeTakenOver();
    } finally {
      desk.endDeploy();
    }
    schedules.set(flows);
    options.web?.set(next.listWebSources());
    await leaveAllBut(toNamedQueues(wanted));
    log.info(`deployed ${flows.length} flows`, { flows: flows.map((flow) => flow.name).join(', ') });
  }

  async function prepareWeb(sources: readonly WebSource[]): Promise<void> {
    const [first] = sources;
    if (options.web === undefined && first !== undefined) {
      throw new WirebookError('ENGINE_SOURCE_CLOSED', `node "${first.nodeName}": nothing listens for HTTP requests here`);
    }
    await options.web?.prepare(sources);
  }

  function trigger(own: OwnTrigger): StartedTrigger {
    if (isStopped) throw new WirebookError('ENGINE_SOURCE_CLOSED', 'the engine is stopping; try again in a moment');
    const { flowId, nodeId, messageId, body } = own;
    if (router.findSource(flowId, nodeId) === undefined) {
      throw new WirebookError('ENGINE_SOURCE_CLOSED', `flow "${flowId}": no source node ${nodeId} is deployed`);
    }
    const limit = options.takenOverLimit ?? takenOverLimit;
    if (ledger.count().takenOver >= limit) {
      throw new WirebookError('ENGINE_INTAKE_FULL', `${limit} messages wait in the ledger, as many as may; try again later`);
    }
    const { entry, isNew } = ledger.originate({
      key: { brokerHost: ownBrokerHost, destination: toOwnDestination(own), messageId },
      runId: own.runId ?? options.ids.nextId(),
      receivedAtMs: clock.now(),
      flowId,
      raw: { headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) },
    });
    if (isNew) desk.takeUp(flowId, entry.id);
    return { runId: entry.runId, isNew };
  }

  async function stop({ drainMs }: StopOptions): Promise<void> {
    if (isStopped) return;
    schedules.close();
    options.web?.set([]);
    desk.stopTaking();
    const untilMs = clock.monotonicMs() + drainMs;
    log.info('draining', { inHand: desk.size });
    while (desk.size > 0 && clock.monotonicMs() < untilMs) await clock.sleep(drainPollMs);
    if (desk.size > 0) log.warn('runs were cancelled; their messages are delivered again', { inHand: desk.size });
    desk.cancelAll();
    isStopped = true;
    tidyTimer?.cancel();
    writer.flush();
    desk.flushTraces();
    await Promise.all([connectorQueues.close(), queues.closeAll()]);
    recordEnd();
  }

  function recordEnd(): void {
    ledger.write([{ type: 'boot-ended' }]);
  }

  reportLastEnd(ledger.beginBoot({ atMs: clock.now(), endedNatively: options.hasDiedNatively ?? false }), log);
  return {
    deploy,
    trigger,
    getStatus: () => ({
      runsActive: slots.activeCount,
      runsWaiting: slots.waitingCount,
      messagesInHand: desk.size,
      completionsUnderWay: completions.size,
      destinations: queues.names(),
      draining: queues.draining(),
      ledger: ledger.count(),
      waiting: waiting.counts(),
      admission: desk.admissionCounts(),
      heldBack: slots.heldBackCount,
      stepsWaiting: waits.size,
    }),
    isIdle: () => desk.size === 0 && clock.monotonicMs() - desk.lastTakenMs > idleAfterMs,
    stopRun: (runId, by) => desk.stopRun(runId, by),
    isHeld: (entryId) => desk.isHeld(entryId),
    resumeTakenOver: () => desk.resumeTakenOver(),
    recordCrash: () => desk.recordCrash(),
    recordEnd,
    stop,
  };
}

function pickQueueSide({ stopTakingFrom, takeAgainFrom, countFor }: MessageDesk) {
  return { stopTakingFrom, takeAgainFrom, countFor };
}
