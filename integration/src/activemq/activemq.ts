import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createBrokerCertificate } from './broker-certificate.ts';
import { type ActiveMqUser, brokerConfigXml, brokerLogProperties } from './broker-config.ts';
import { type ActiveMqInstallation, activeMqInstallCommand, findActiveMq } from './find-activemq.ts';
import { findFreePorts, isListening } from './free-ports.ts';

export interface ActiveMqOptions {
  readonly users: readonly ActiveMqUser[];
  /** Where the private folder is made; default the system's folder for temporary files. */
  readonly parentFolder?: string | undefined;
  /** Largest heap of the Java process; default 512. */
  readonly heapMb?: number | undefined;
  /** What the broker may keep of messages in memory before it pages them to the journal; default half of the heap. */
  readonly memoryMb?: number | undefined;
  /** What the journal may take on disk; default 4096, which holds 20,000 messages of 6 KB many times over. */
  readonly storeMb?: number | undefined;
  /** How long a start may take; default 60,000. */
  readonly startTimeoutMs?: number | undefined;
}

/** A real ActiveMQ with ports, data and users of its own. */
export interface ActiveMq {
  readonly host: '127.0.0.1';
  /** STOMP over TLS, as the platform offers it. */
  readonly tlsPort: number;
  /** STOMP without TLS, for frame tests. */
  readonly plainPort: number;
  readonly caFile: string;
  readonly caPem: string;
  /** For `wirebook simulator --broker`; without credentials. */
  readonly tlsUrl: string;
  /** The folder with conf, data and the log. */
  readonly folder: string;
  /** SIGKILL; resolves when the process is gone. The data stay. */
  kill(): Promise<void>;
  /** SIGTERM and the end of the process. The data stay. */
  stop(): Promise<void>;
  /** Starts again on the same ports and data; resolves when both ports take connections. Does nothing while it runs. */
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  close(): Promise<void>;
}

/**
 * Starts Debian's ActiveMQ as a plain Java process: no service, nothing outside its folder, any number side by side.
 *
 * @throws Error when ActiveMQ is not installed (naming the command that installs it) or does not start (with the end of its log).
 */
export async function createActiveMq(options: ActiveMqOptions): Promise<ActiveMq> {
  const installation = findActiveMq();
  if (installation === undefined) throw new Error(`ActiveMQ is not installed. Install it with: ${activeMqInstallCommand}`);
  const folder = await mkdtemp(join(options.parentFolder ?? tmpdir(), 'wirebook-activemq-'));
  const confFolder = join(folder, 'conf');
  await Promise.all(['conf', 'data', 'tmp'].map((name) => mkdir(join(folder, name))));
  const { caFile } = await createBrokerCertificate(confFolder, installation.opensslPath);
  const logFile = join(folder, 'data', 'activemq.log');
  await writeFile(join(confFolder, 'log4j.properties'), brokerLogProperties(logFile));

  const heapMb = options.heapMb ?? 512;
  const [plainPort, tlsPort] = (await findFreePorts(2)) as [number, number];
  await writeFile(
    join(confFolder, 'activemq.xml'),
    brokerConfigXml({
      name: 'wirebook',
      plainPort,
      tlsPort,
      users: options.users,
      memoryMb: options.memoryMb ?? Math.floor(heapMb / 2),
      storeMb: options.storeMb ?? 4096,
    }),
  );

  let running: ChildProcess | undefined;

  async function start(): Promise<void> {
    if (running !== undefined) return;
    const started = spawnBroker(installation as ActiveMqInstallation, folder, heapMb);
    running = started;
    const endWithUs = () => started.kill('SIGKILL');
    process.once('exit', endWithUs);
    started.once('exit', () => {
      process.removeListener('exit', endWithUs);
      if (running === started) running = undefined;
    });
    await waitUntilReady(started, { ports: [plainPort, tlsPort], logFile, timeoutMs: options.startTimeoutMs ?? 60_000 });
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ending = running;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = once(ending, 'exit');
    ending.kill(signal);
    await gone;
  }

  async function close(): Promise<void> {
    await end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  }

  try {
    await start();
  } catch (error) {
    await end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    host: '127.0.0.1',
    tlsPort,
    plainPort,
    caFile,
    caPem: await readFile(caFile, 'utf8'),
    tlsUrl: `stomp+ssl://127.0.0.1:${tlsPort}`,
    folder,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    start,
    close,
  };
}

function spawnBroker(installation: ActiveMqInstallation, folder: string, heapMb: number): ChildProcess {
  const conf = join(folder, 'conf');
  return spawn(
    installation.javaPath,
    [
      '-Xms128m',
      `-Xmx${heapMb}m`,
      '-XX:+UseSerialGC',
      `-Djava.io.tmpdir=${join(folder, 'tmp')}`,
      `-Dactivemq.classpath=${conf}`,
      `-Dactivemq.home=${installation.homePath}`,
      `-Dactivemq.base=${folder}`,
      `-Dactivemq.conf=${conf}`,
      `-Dactivemq.data=${join(folder, 'data')}`,
      `-Dlog4j.configuration=file:${join(conf, 'log4j.properties')}`,
      '-jar',
      installation.jarPath,
      'start',
      `xbean:file:${join(conf, 'activemq.xml')}`,
    ],
    { cwd: folder, stdio: 'ignore' },
  );
}

interface ReadinessOptions {
  readonly ports: readonly number[];
  readonly logFile: string;
  readonly timeoutMs: number;
}

async function waitUntilReady(broker: ChildProcess, { ports, logFile, timeoutMs }: ReadinessOptions): Promise<void> {
  const deadlineAt = Date.now() + timeoutMs;
  let spawnError: Error | undefined;
  broker.once('error', (error) => {
    spawnError = error;
  });
  for (;;) {
    const hasEnded = spawnError !== undefined || broker.exitCode !== null || broker.signalCode !== null;
    if (hasEnded || Date.now() > deadlineAt) {
      const how = hasEnded
        ? `ended (${spawnError?.message ?? broker.exitCode ?? broker.signalCode})`
        : `is not ready after ${timeoutMs} ms`;
      throw new Error(`ActiveMQ ${how}. The end of its log:\n${await endOfLog(logFile)}`);
    }
    // Asked before the ports: another program may own them while our process dies of that.
    const listening = await Promise.all(ports.map(isListening));
    if (listening.every(Boolean) && broker.exitCode === null) return;
    await delay(50);
  }
}

async function endOfLog(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch((error: Error) => `(no log: ${error.message})`);
  return text.slice(-4000);
}
