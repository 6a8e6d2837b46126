import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HealthView, OutboundHealth } from '@wirebook/api';
import {
  createEngine,
  createNodeRegistry,
  createPoisonDesk,
  createScriptPool,
  createSystemClock,
  createSystemIds,
  createSystemRandom,
  type EngineLog,
  type EngineStatus,
  type OwnTrigger,
  type PoisonDesk,
  type StartedTrigger,
} from '@wirebook/engine';
import { WirebookError } from '@wirebook/errors';
import type { FlowDocument } from '@wirebook/flow';
import type { BrokerConnection } from '@wirebook/node-kit';
import { createBrokerConnection, createPlatformClient } from '@wirebook/soar-client';
import { lockDataFolder, openLedger, openMessageSpill, openPoisonReader, openTraceStore, type PoisonDrop } from '@wirebook/store';
import { createRedactor } from '@wirebook/trace';
import { createDeadLetterDesk, type DeadLetterDesk } from '../dead-letters/dead-letter-desk.ts';
import { openEngineFiles } from '../files/engine-files.ts';
import type { CircuitOptions } from '../outbound/host-circuits.ts';
import { createOutboundGate } from '../outbound/outbound-gate.ts';
import { productVersion } from '../product-version.ts';
import { createBrokerWatch } from '../telemetry/broker-watch.ts';
import { createEngineMetrics } from '../telemetry/engine-metrics.ts';
import { openSpanExport } from '../telemetry/span-export.ts';
import { createWebListener } from '../web-sources/web-listener.ts';
import type { EngineHostOptions } from './engine-host-options.ts';
import { connectionsPerHost, createHttpService } from './http-service.ts';
import { toLink, toLoginLog } from './platform-link-words.ts';
import { createRedactedLog } from './redacted-log.ts';
import { openRedactionKey } from './redaction-key.ts';
import { rememberReads } from './remember-reads.ts';
import { countDroppedParts, createTraceWatch } from './trace-watch.ts';

/** The part of {@link HealthView} that the engine itself knows. */
export type EngineHealth = Omit<HealthView, 'engine' | 'rest' | 'broker' | 'notReady'>;

/** The engine with its stores and its connection, as one thing that opens and closes. */
export interface EngineHost {
  deploy(flows: readonly FlowDocument[]): Promise<void>;
  getStatus(): EngineStatus;
  /** Parts and values of traces that were not kept. */
  countDroppedParts(): number;
  readonly poison: PoisonDesk;
  readonly deadLetters: DeadLetterDesk;
  /** @throws ENGINE_SOURCE_CLOSED, ENGINE_INTAKE_FULL, STORE_FAILED */
  trigger(own: OwnTrigger): StartedTrigger;
  /** @throws ENGINE_RUN_NOT_RUNNING */
  stopRun(runId: string, by: string): void;
  getHealth(): EngineHealth;
  /** In the text format of Prometheus; empty when nothing is measured. */
  readMetrics(): Promise<string>;
  /** Puts the runs in flight on record as suspects; the process is about to end. */
  recordCrash(): void;
  /** Puts on record that the process ends by an error that no message can be blamed for. */
  recordEnd(): void;
  /** False once its files are being closed: then nothing can be asked of it. */
  readonly isOpen: boolean;
  close(options: { readonly drainMs: number }): Promise<void>;
}

/** Traces and the ledger hold what cases hold. */
const ownerOnly = 0o700;
const scriptWorkers = 2;
const defaultHeldMaxBytes = 64 * 1_048_576;
const queuedScripts = 1000;
const defaultCircuit: CircuitOptions = { failures: 5, openMs: 30_000 };
const pruneIntervalMs = 60_000;
const ledgerRetentionMs = 7 * 24 * 3_600_000;
const replyRetentionMs = 3_600_000;
const pruneLimit = 500;
const pruneAgainMs = 200;
const indexIntervalMs = 500;
/** Parts of traces made searchable at a time: more when nothing else is to do. */
const idleIndexLimit = 10;
const busyIndexLimit = 5;
/** While there is more to index and nothing else to do; each time holds the process for some milliseconds. */
const idleIndexIntervalMs = 20;

/**
 * Opens the data folder, logs in, connects and makes an engine without flows.
 *
 * @throws ENGINE_DATA_FOLDER_LOCKED, STORE_*, SOAR_* when the platform refuses; an unreachable platform is waited for.
 */
export async function createEngineHost(options: EngineHostOptions): Promise<EngineHost> {
  const { wrap = {} } = options;
  const clock = createSystemClock();
  const random = createSystemRandom();
  const opened: (() => Promise<void>)[] = [];

  async function closeOpened(): Promise<void> {
    for (const close of opened.splice(0).reverse()) await close();
  }

  try {
    mkdirSync(options.dataDir, { recursive: true, mode: ownerOnly });
    const lock = lockDataFolder(options.dataDir);
    opened.push(() => lock.close());
    const redactor = createRedactor({ secrets: options.secretValues, keyedHash: openRedactionKey(options.dataDir) });
    const log = createRedactedLog(options.log, redactor);
    const openedLedger = openLedger({
      path: join(options.dataDir, 'ledger.db'),
      clock,
      poisonLimits: options.poisonLimits,
      onPoisonDropped: (drop) => warnOfDrop(drop, log),
    });
    opened.push(async () => openedLedger.close());
    const ledger = wrap.ledger?.(openedLedger) ?? openedLedger;
    const traceStore = openTraceStore({ path: join(options.dataDir, 'trace.db'), clock, redactJson: redactor.redactJson });
    opened.push(() => traceStore.close());
    const scripts = createScriptPool({ workers: scriptWorkers, maxQueued: queuedScripts, clock });
    opened.push(() => scripts.close());
    const platform = await createPlatformClient({
      ...options.rest,
      clock,
      random,
      log: toLoginLog(log, options.onLink),
      signal: options.signal,
    });
    opened.push(() => platform.close());
    options.onLink?.('rest', { status: 'up', reason: null, code: null });
    const connection = createBrokerConnection({ ...options.broker, clock, random, log });
    opened.push(() => connection.close());
    connection.onState((state) => {
      options.onLink?.('broker', toLink(state));
      if (state.status === 'connected') log.info('broker connected', { session: state.session });
      else if (state.reason !== null) log.warn(`broker ${state.status}: ${state.reason}`, { code: state.code });
    });
    await connectUnlessAborted(connection, options.signal);
    const brokerWatch = createBrokerWatch(wrap.broker?.(connection) ?? connection, clock);
    const platformOrigin = `https://${options.rest.host}:${options.rest.port}/`;
    const metrics = options.isMeasured === true ? createEngineMetrics({ clock, platformOrigin, broker: brokerWatch }) : null;
    const spans = await openSpanExport({ variables: options.telemetryVariables ?? {}, version: productVersion, clock, log });
    if (spans !== null) opened.push(() => spans.close());
    const trace = wrap.trace?.(traceStore, { log, redactJson: redactor.redactJson }) ?? traceStore;
    const measuredTrace = metrics?.watchTrace(trace) ?? trace;
    const gate = createOutboundGate({
      clock,
      circuit: options.circuit ?? defaultCircuit,
      rateLimits: options.rateLimits ?? [],
      callsPerHost: connectionsPerHost,
      onCircuit: (news) => {
        if (news.untilMs === null) log.info(`${news.host} answers again: its circuit is closed`);
        else log.warn(`calls to ${news.host} failed too often: it gets none until ${new Date(news.untilMs).toISOString()}`);
        options.onCircuit?.(news);
      },
    });
    const http = createHttpService({ allow: options.egressAllow, clock, gate });
    opened.push(() => http.close());
    const ids = createSystemIds();
    const { files, folders } = openEngineFiles({ config: options.files, dataDir: options.dataDir, ledger, ids });
    const web =
      options.webserver === undefined
        ? undefined
        : createWebListener({
            config: options.webserver,
            trigger: (own) => engine.trigger(own),
            secrets: rememberReads(options.secrets, redactor),
            clock,
            ids,
            log,
          });
    opened.push(async () => web?.close());
    const engine = createEngine({
      ...options,
      web,
      files,
      folders,
      log,
      redactText: redactor.redactText,
      secrets: rememberReads(options.secrets, redactor),
      env: rememberReads(options.env, redactor),
      broker: brokerWatch.connection,
      brokerHost: `${options.broker.host}:${options.broker.port}`,
      platform,
      ledger: metrics?.watchLedger(ledger) ?? ledger,
      spill: openMessageSpill(join(options.dataDir, 'spill')),
      heldMaxBytes: options.heldMaxBytes ?? defaultHeldMaxBytes,
      trace: spans?.watch(measuredTrace) ?? measuredTrace,
      isTraceBehind: () => traceStore.isBehind(),
      registry: createNodeRegistry(options.nodes),
      scripts,
      http,
      clock,
      ids,
      random,
      isLedgerConsulted: wrap.isLedgerConsulted ?? true,
    });
    const tray = openPoisonReader({ path: join(options.dataDir, 'ledger.db') });
    if (tray === undefined) throw new WirebookError('STORE_FAILED', `the ledger in ${options.dataDir} cannot be read beside its writer`);
    opened.push(async () => tray.close());
    const poison = createPoisonDesk({
      ledger,
      source: tray,
      broker: brokerWatch.connection,
      clock,
      log,
      redactText: redactor.redactText,
      isHeld: (entryId) => engine.isHeld(entryId),
      resume: () => engine.resumeTakenOver(),
    });
    const deadLetters = createDeadLetterDesk({
      name: options.deadLetterQueue ?? null,
      broker: options.broker,
      ledger: tray,
      clock,
      random,
      log,
    });
    const traceWatch = createTraceWatch(log);
    let isOpen = true;
    let pruneTimer = clock.startTimer(pruneIntervalMs, prune);
    let indexTimer = clock.startTimer(indexIntervalMs, index);

    function prune(): void {
      const dropped = ledger.dropContents(clock.now() - replyRetentionMs, pruneLimit);
      const removed = ledger.prune(clock.now() - ledgerRetentionMs, pruneLimit);
      traceStore.prune();
      files.prune();
      traceWatch.look(traceStore.counts());
      const isBehind = dropped === pruneLimit || removed === pruneLimit;
      pruneTimer = clock.startTimer(isBehind ? pruneAgainMs : pruneIntervalMs, prune);
    }

    function index(): void {
      const isIdle = engine.isIdle();
      const limit = isIdle ? idleIndexLimit : busyIndexLimit;
      const isBehind = traceStore.indexPending(limit) === limit;
      indexTimer = clock.startTimer(isIdle && isBehind ? idleIndexIntervalMs : indexIntervalMs, index);
    }

    function getHealth(): EngineHealth {
      const { runsActive, runsWaiting, messagesInHand, ledger: counts, admission } = engine.getStatus();
      const outbound = getOutbound();
      return {
        atMs: clock.now(),
        destinations: brokerWatch.listDestinations().map((destination) => ({ ...destination, depth: null })),
        runsActive,
        runsWaiting,
        messagesInHand,
        openEntries: counts.open,
        oldestOpenAtMs: counts.oldestOpenAtMs,
        takenOver: counts.takenOver,
        waiting: admission,
        inDoubt: counts.inDoubt,
        poison: counts.poison,
        drops: {
          trace: countDroppedParts(traceStore.counts()),
          live: 0,
          poison: counts.poisonDropped,
          spans: spans?.droppedCount ?? 0,
        },
        outbound,
      };
    }

    function getOutbound(): OutboundHealth {
      const { circuits, rateWaiting, connectionWaiting, refusedByCircuit, refusedByQueue } = gate.counts();
      const calls = platform.callCounts();
      const { queued, held } = scripts.counts();
      return {
        circuits,
        rateWaiting,
        connectionWaiting,
        refusedByCircuit,
        refusedByQueue,
        platformWaiting: calls.waiting + calls.held,
        scriptsQueued: queued,
        scriptsHeld: held,
        stepsWaiting: engine.getStatus().stepsWaiting,
      };
    }

    return {
      deploy: (flows) => engine.deploy(flows),
      getStatus: () => engine.getStatus(),
      poison,
      deadLetters,
      trigger: (own) => engine.trigger(own),
      stopRun: (runId, by) => engine.stopRun(runId, by),
      getHealth,
      readMetrics: async () =>
        (await metrics?.toText({
          status: engine.getStatus(),
          outbound: getOutbound(),
          traces: traceStore.counts(),
          droppedSpans: spans?.droppedCount ?? 0,
        })) ?? '',
      countDroppedParts: () => countDroppedParts(traceStore.counts()),
      recordCrash: () => engine.recordCrash(),
      recordEnd: () => engine.recordEnd(),
      get isOpen() {
        return isOpen;
      },
      close: async (closing) => {
        pruneTimer.cancel();
        indexTimer.cancel();
        await engine.stop(closing);
        traceWatch.look(traceStore.counts());
        isOpen = false;
        await closeOpened();
      },
    };
  } catch (thrown) {
    await closeOpened();
    throw thrown;
  }
}

function warnOfDrop({ count, totalCount }: PoisonDrop, log: EngineLog): void {
  const remedy = 'raise poison_max_messages or poison_max_bytes of [wirebook], or empty the tray';
  log.warn(`the poison tray is full: its oldest ${count} went, ${totalCount} so far; ${remedy}`, { count, totalCount });
}

/** A broker that is not reached is waited for as long as nobody asks the process to end. */
async function connectUnlessAborted(connection: BrokerConnection, signal: AbortSignal): Promise<void> {
  const giveUp = () => void connection.close();
  if (signal.aborted) giveUp();
  else signal.addEventListener('abort', giveUp, { once: true });
  try {
    await connection.connect();
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
