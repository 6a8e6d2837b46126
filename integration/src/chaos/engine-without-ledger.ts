/**
 * The engine of `wirebook run` in a process of its own, that does not look redeliveries up in its ledger: what chaos has to find. Takes
 * one argument, the options as JSON.
 */
import { readFileSync } from 'node:fs';
import { parseFlow } from '@wirebook/flow';
import { builtInNodes, createEngineHost } from '@wirebook/server';

export interface EngineWithoutLedgerOptions {
  readonly restHost: string;
  readonly restPort: number;
  readonly restCaFile: string;
  readonly org: string;
  readonly apiKeyId: string;
  readonly apiKeySecret: string;
  readonly brokerHost: string;
  readonly brokerPort: number;
  readonly brokerCaFile: string;
  readonly restTimeoutMs: number;
  readonly policy: 'transaction' | 'reply-then-settle';
  readonly dataDir: string;
  readonly flowFiles: readonly string[];
}

const options = JSON.parse(process.argv[2] ?? '{}') as EngineWithoutLedgerOptions;
const ignore = () => undefined;
const host = await createEngineHost({
  rest: {
    host: options.restHost,
    port: options.restPort,
    org: options.org,
    login: { kind: 'api-key', id: options.apiKeyId, secret: options.apiKeySecret },
    tls: { caPem: readFileSync(options.restCaFile, 'utf8'), verify: true },
    timeoutMs: options.restTimeoutMs,
    retry: { attempts: 5, delayMs: 50, backoff: 2, maxDelayMs: 1000 },
  },
  broker: {
    host: options.brokerHost,
    port: options.brokerPort,
    login: options.apiKeyId,
    passcode: options.apiKeySecret,
    tls: { caPem: readFileSync(options.brokerCaFile, 'utf8'), verify: true },
    connectTimeoutMs: 10_000,
    heartbeatOutgoingMs: 15_000,
    heartbeatIncomingMs: 15_000,
    maxMessageBytes: 16_000_000,
  },
  completionPolicy: options.policy,
  runLimit: 25,
  prefetch: 10,
  subscriptionCount: 1,
  exclusive: true,
  egressAllow: [],
  secrets: ignore,
  secretValues: [],
  env: ignore,
  dataDir: options.dataDir,
  nodes: builtInNodes,
  log: { isEnabled: () => false, debug: ignore, info: ignore, warn: ignore, error: ignore },
  signal: new AbortController().signal,
  onFatal: (error) => {
    throw error;
  },
  wrap: { isLedgerConsulted: false },
});
process.once('SIGTERM', () => void host.close({ drainMs: 5000 }).then(() => process.exit(0)));
await host.deploy(options.flowFiles.map((path) => parseFlow(readFileSync(path, 'utf8'))));
process.stdout.write('ready\n');
