import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FlowDocumentInput, parseFlow } from '@wirebook/flow';
import { builtInNodes, createEngineHost, type EngineHost, type EngineWrappers } from '@wirebook/server';
import type { Platform } from '../harness/platform.ts';

export interface InProcessOptions {
  readonly flows: readonly FlowDocumentInput[];
  /** Where the broker is reached; a proxy before it. */
  readonly brokerPort: number;
  /** What the product never leaves out. */
  readonly receipts?: 'asked' | 'none' | undefined;
  readonly wrap?: EngineWrappers | undefined;
}

/** The engine of `wirebook run` inside this process, where a test can take one of its promises away. */
export async function startInProcess(platform: Platform, options: InProcessOptions): Promise<EngineHost> {
  const { simulator, activeMq } = platform;
  const rest = new URL(simulator.restUrl);
  const ignore = () => undefined;
  const host = await createEngineHost({
    rest: {
      host: rest.hostname,
      port: Number(rest.port),
      org: simulator.org,
      login: { kind: 'api-key', id: simulator.apiKeyId, secret: simulator.apiKeySecret },
      tls: { caPem: readFileSync(simulator.caFile, 'utf8'), verify: true },
      timeoutMs: 10_000,
      retry: { attempts: 3, delayMs: 50, backoff: 2, maxDelayMs: 1000 },
    },
    broker: {
      host: '127.0.0.1',
      port: options.brokerPort,
      login: simulator.apiKeyId,
      passcode: simulator.apiKeySecret,
      tls: { caPem: activeMq?.caPem ?? readFileSync(simulator.caFile, 'utf8'), verify: true },
      connectTimeoutMs: 10_000,
      heartbeatOutgoingMs: 15_000,
      heartbeatIncomingMs: 15_000,
      maxMessageBytes: 16_000_000,
      receipts: options.receipts,
    },
    completionPolicy: 'transaction',
    runLimit: 10,
    prefetch: 10,
    subscriptionCount: 5,
    exclusive: false,
    egressAllow: [],
    secrets: ignore,
    secretValues: [],
    env: ignore,
    dataDir: mkdtempSync(join(platform.folder, 'in-process-')),
    nodes: builtInNodes,
    log: { isEnabled: () => false, debug: ignore, info: ignore, warn: ignore, error: ignore },
    signal: new AbortController().signal,
    onFatal: (error) => {
      throw error;
    },
    ...(options.wrap === undefined ? {} : { wrap: options.wrap }),
  });
  await host.deploy(options.flows.map((flow) => parseFlow(JSON.stringify(flow))));
  return host;
}
