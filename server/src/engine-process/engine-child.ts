import { createSystemClock, createSystemIds, type EngineLog, type EngineStatus } from '@wirebook/engine';
import { toErrorRecord, toWirebookError, WirebookError } from '@wirebook/errors';
import { type FlowDocument, lintFlow, parseFlowValue } from '@wirebook/flow';
import type { Clock } from '@wirebook/node-kit';
import { createRedactor } from '@wirebook/trace';
import { describeError, exitCodes, toExitCode } from '../cli/exit-codes.ts';
import type { DebugSwitches, EngineCommand, EngineNumbers, EngineReport } from '../engine-host/engine-channel.ts';
import { createEngineHost, type EngineHost } from '../engine-host/engine-host.ts';
import type { EngineHostOptions } from '../engine-host/engine-host-options.ts';
import { toHostOptions } from '../engine-host/host-options.ts';
import { createLiveFeed } from '../engine-host/live-feed.ts';
import { isNativeEnd, lastEndVariable } from '../engine-host/native-end.ts';
import { createPinoLog } from '../engine-host/pino-log.ts';
import { readEngineCommand } from '../engine-host/read-engine-command.ts';
import { createReportSender, type ReportSender } from '../engine-host/report-sender.ts';
import { createRestWatch } from '../engine-host/rest-watch.ts';
import { createRunReport } from '../engine-host/run-report.ts';
import { openTerminalDestination } from '../logs/terminal-destination.ts';
import { nodeCatalogue } from '../node-catalogue.ts';
import { builtInNodes } from '../node-types.ts';
import { findFlowVariable, type ProcessEnvironment } from '../process-environment.ts';
import { readConfigAt } from '../read-config-at.ts';

export interface EngineChildIo {
  readonly environment: ProcessEnvironment;
  readonly configFile: string;
  readonly dataDir: string;
  /** Level of the log; what app.config says unless given. */
  readonly logLevel: string | undefined;
  /** Hands a text to the process that started this one. */
  readonly send: (text: string, done: () => void) => void;
  readonly onText: (listener: (text: string) => void) => void;
  /** Aborts when the channel has closed or the process is asked to end. */
  readonly signal: AbortSignal;
  /** Hears of errors that nobody owns. */
  readonly onUncaught: (listener: (error: unknown) => void) => void;
}

/** For runs in flight when the channel closed: nobody tells this process how long to wait. */
const drainMs = 30_000;
const numbersIntervalMs = 500;

/** The engine as a child of the server; gives the exit code. */
export async function runEngineChild(io: EngineChildIo): Promise<number> {
  const clock = createSystemClock();
  const ids = createSystemIds();
  const feed = createLiveFeed({ onNews: () => sender.announce(), onCall: (call) => restWatch.take(call) });
  let redactJson = (json: string) => json;
  const sender = createReportSender({ clock, send: io.send, redactJson: () => redactJson, takeBatch: () => feed.take() });
  let switches: DebugSwitches = {};
  let restOrigin = '';
  const restWatch = createRestWatch({ origin: () => restOrigin, onChange: (link) => tellLink('rest', link) });
  let log: EngineLog | null = null;
  const commands = createCommandLine(io.onText, (error) => log?.error(error.message, { code: error.code }));

  /** Ends the waiting for a platform that does not answer. */
  const stopping = new AbortController();
  void commands.stop.then(() => stopping.abort());

  const tellLink: NonNullable<EngineHostOptions['onLink']> = (side, link) => {
    if (side === 'rest') restWatch.set(link);
    sender.send({ type: 'link', side, link: { ...link, sinceMs: clock.now() } });
  };

  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<unknown>((settle) => {
    fail = settle;
  });
  let host: EngineHost | null = null;
  const onFatal = (error: unknown) => {
    try {
      // A disk that is full is no message's fault.
      if (error instanceof WirebookError && error.code.startsWith('STORE_')) host?.recordEnd();
      else host?.recordCrash();
    } catch (thrown) {
      log?.error('the runs in flight could not be put on record', { reason: String(thrown) });
    }
    fail(error);
  };
  io.onUncaught(onFatal);

  try {
    const { environment } = io;
    const config = await readConfigAt(io.configFile, environment);
    const level = io.logLevel ?? config.connection.logLevel;
    log = createPinoLog({ level, destination: openTerminalDestination() });
    for (const warning of config.warnings) log.warn(warning);
    const configured = toHostOptions(config);
    redactJson = createRedactor({ secrets: configured.secretValues, keyedHash: () => '' }).redactJson;
    restOrigin = `https://${configured.rest.host}:${configured.rest.port}/`;
    host = await createEngineHost({
      ...configured,
      env: (name) => findFlowVariable(environment, name),
      dataDir: io.dataDir,
      nodes: builtInNodes,
      isMeasured: true,
      telemetryVariables: environment.variables,
      hasDiedNatively: isNativeEnd(environment.variables[lastEndVariable]),
      log,
      signal: AbortSignal.any([io.signal, stopping.signal]),
      onFatal,
      onLink: tellLink,
      onLine: feed.addLine,
      onCircuit: feed.addCircuit,
      findPrintSwitch: (flowId, nodeId) => findOwn(findOwn(switches, flowId), nodeId),
      wrap: {
        trace: (sink, report) => {
          redactJson = report.redactJson;
          return feed.watch(createRunReport(sink, report), report.redactJson);
        },
      },
    });
    const opened = host;
    sender.send({ type: 'opened' });
    const numbers = startNumbers(opened, { clock, sender });
    const over = Promise.race([failed.then((error) => ({ error })), abortOf(io.signal), commands.stop]);
    commands.serve(async (command) => {
      if (command.type === 'switches') switches = command.switches;
      if (command.type === 'deploy') await deploy(opened, command, sender);
      if (command.type === 'poison') await decidePoison(opened, command, sender);
      if (command.type === 'inject') inject(opened, { command, sender, messageId: ids.nextId() });
      if (command.type === 'stop-run') stopRun(opened, command, sender);
      if (command.type === 'dead-letters') sender.send(await handleDeadLetters(opened, command));
      if (command.type === 'metrics') sender.send({ type: 'metrics', id: command.id, text: await opened.readMetrics() });
    });
    const end = await over;
    if (end !== undefined && 'error' in end) {
      numbers.close();
      log.error(`the engine ends by an error that no step owns: ${describeError(end.error)}`);
      return exitCodes.crashed;
    }
    // What is still in hand is told while it drains.
    await host.close({ drainMs: end?.drainMs ?? drainMs });
    numbers.close();
    sender.flush();
    return exitCodes.ok;
  } catch (thrown) {
    await host?.close({ drainMs: 0 });
    if (io.signal.aborted || stopping.signal.aborted) return exitCodes.ok;
    sender.send({ type: 'failed', error: toErrorRecord(toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN')) });
    return toExitCode(thrown);
  } finally {
    sender.close();
  }
}

/** A deployment may drain for long; who asks for numbers or decides about a message does not wait for it. */
const quickCommands: ReadonlySet<EngineCommand['type']> = new Set(['metrics', 'poison', 'inject', 'stop-run', 'dead-letters']);

/** Commands one after the other; those that come before somebody serves them wait. Stopping does not wait. */
function createCommandLine(onText: EngineChildIo['onText'], onRefused: (error: WirebookError) => void) {
  let announceStop: (command: { readonly drainMs: number }) => void = () => undefined;
  const stop = new Promise<{ readonly drainMs: number }>((settle) => {
    announceStop = settle;
  });
  let isServed: (serve: (command: EngineCommand) => Promise<void>) => void = () => undefined;
  const served = new Promise<(command: EngineCommand) => Promise<void>>((settle) => {
    isServed = settle;
  });
  let line: Promise<void> = Promise.resolve();
  const onFailed = (thrown: unknown) => onRefused(toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN'));
  onText((text) => {
    try {
      const command = readEngineCommand(text);
      if (command.type === 'stop') announceStop(command);
      else if (quickCommands.has(command.type)) void served.then((serve) => serve(command)).catch(onFailed);
      else line = line.then(async () => (await served)(command));
    } catch (thrown) {
      onRefused(toWirebookError(thrown, 'ENGINE_COMMAND_INVALID'));
    }
  });
  return { stop, serve: isServed };
}

async function deploy(host: EngineHost, command: Extract<EngineCommand, { type: 'deploy' }>, sender: ReportSender): Promise<void> {
  const { id } = command;
  try {
    const flows = command.flows.map((flow) => parseFlowValue(flow));
    for (const flow of flows) assertRunnable(flow);
    await host.deploy(flows);
    sender.send({ type: 'deployed', id });
  } catch (thrown) {
    sender.send({ type: 'refused', id, error: toErrorRecord(toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN')) });
  }
}

async function decidePoison(host: EngineHost, command: Extract<EngineCommand, { type: 'poison' }>, sender: ReportSender): Promise<void> {
  const { id, action, poisonId, text } = command;
  try {
    if (action === 'drop') host.poison.drop(poisonId);
    else if (action === 'answer') await host.poison.answer(poisonId, text);
    else host.poison.runAgain(poisonId);
    sender.send({ type: 'poison', id, error: null });
  } catch (thrown) {
    sender.send({ type: 'poison', id, error: toErrorRecord(toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN')) });
  }
}

interface InjectParts {
  readonly command: Extract<EngineCommand, { type: 'inject' }>;
  readonly sender: ReportSender;
  readonly messageId: string;
}

function inject(host: EngineHost, { command: { id, injection }, sender, messageId }: InjectParts): void {
  const { flowId, nodeId, message } = injection;
  try {
    const { runId } = host.trigger({ kind: 'inject', flowId, nodeId, messageId, body: message });
    sender.send({ type: 'injected', id, answer: { runId } });
  } catch (thrown) {
    sender.send({ type: 'injected', id, answer: { error: toErrorRecord(toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN')) } });
  }
}

function stopRun(host: EngineHost, { id, runId, by }: Extract<EngineCommand, { type: 'stop-run' }>, sender: ReportSender): void {
  try {
    host.stopRun(runId, by);
    sender.send({ type: 'run-stopped', id, error: null });
  } catch (thrown) {
    sender.send({ type: 'run-stopped', id, error: toErrorRecord(toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN')) });
  }
}

async function handleDeadLetters(
  host: EngineHost,
  { id, messageId }: Extract<EngineCommand, { type: 'dead-letters' }>,
): Promise<Extract<EngineReport, { type: 'dead-letters' }>> {
  const { deadLetters } = host;
  try {
    const answer = messageId === null ? { page: await deadLetters.list() } : await deadLetters.giveBack(messageId);
    return { type: 'dead-letters', id, answer };
  } catch (thrown) {
    return { type: 'dead-letters', id, answer: { error: toErrorRecord(toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN')) } };
  }
}

function assertRunnable(flow: FlowDocument): void {
  const errors = lintFlow(flow, nodeCatalogue).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  throw new WirebookError(first.code, `flow "${flow.name}" cannot run: ${errors.map(({ message }) => message).join('; ')}`);
}

/** Tells the numbers of the engine when they are others. */
function startNumbers(host: EngineHost, { clock, sender }: { clock: Clock; sender: ReportSender }): { close(): void } {
  let told = '';
  let toldHealth = '';
  let timer = clock.startTimer(0, tell);

  function tell(): void {
    if (!host.isOpen) return;
    const numbers = toNumbers(host.getStatus(), host.countDroppedParts());
    const text = JSON.stringify(numbers);
    if (text !== told) sender.send({ type: 'numbers', numbers });
    told = text;
    const health = host.getHealth();
    const healthText = JSON.stringify({ ...health, atMs: 0 });
    if (healthText !== toldHealth) sender.send({ type: 'health', health });
    toldHealth = healthText;
    timer = clock.startTimer(numbersIntervalMs, tell);
  }

  return { close: () => timer.cancel() };
}

function toNumbers({ ledger, ...status }: EngineStatus, droppedParts: number): EngineNumbers {
  const { runsActive, runsWaiting, messagesInHand, destinations, draining } = status;
  return { runsActive, runsWaiting, messagesInHand, destinations, draining, openEntries: ledger.open, poison: ledger.poison, droppedParts };
}

function findOwn<Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

function abortOf(signal: AbortSignal): Promise<undefined> {
  return new Promise((settle) => {
    if (signal.aborted) settle(undefined);
    else signal.addEventListener('abort', () => settle(undefined), { once: true });
  });
}
