import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FlowDocumentInput } from '@wirebook/flow';
import { spawnEngine } from '../harness/engine-process.ts';
import type { Platform } from '../harness/platform.ts';
import { waitFor } from '../harness/wait-for.ts';
import { spawnNode, type WirebookProcess } from '../harness/wirebook-process.ts';
import type { EngineWithoutLedgerOptions } from './engine-without-ledger.ts';

export interface ChaosEngineOptions {
  readonly platform: Platform;
  readonly flows: readonly FlowDocumentInput[];
  readonly policy: 'transaction' | 'reply-then-settle';
  readonly isLedgerConsulted: boolean;
  readonly dataDir: string;
  /** Where REST API and broker are reached. */
  readonly rest: { readonly port: number; readonly caFile: string };
  readonly brokerPort: number;
}

/** An engine that can be killed at any moment. */
export interface ChaosEngine {
  readonly pid: number;
  /** Entries of the ledger that are not done, and of them those whose reply the broker may have; null where nobody tells. */
  countOpen(): Promise<{ readonly open: number; readonly inDoubt: number } | null>;
  kill9(): Promise<void>;
  /** SIGTERM, and its end. */
  stop(): Promise<void>;
}

const restTimeoutSeconds = 1;
const startTries = 5;
/** Built beside this file; a process takes no TypeScript. */
const withoutLedgerPath = fileURLToPath(new URL('../../dist/chaos/engine-without-ledger.js', import.meta.url));

/** As a supervisor does it: one that does not come up, because the platform answers nothing but errors, is started again. */
export async function startChaosEngine(options: ChaosEngineOptions): Promise<ChaosEngine> {
  for (let tried = 1; ; tried += 1) {
    try {
      return options.isLedgerConsulted ? await startProduct(options) : await startWithoutLedger(options);
    } catch (error) {
      if (tried === startTries) throw error;
    }
  }
}

async function startProduct({ platform, flows, policy, dataDir, rest, brokerPort }: ChaosEngineOptions): Promise<ChaosEngine> {
  const engine = spawnEngine({
    platform,
    flows,
    policy,
    dataDir,
    args: ['--health-port', '0'],
    config: {
      resilient: {
        port: rest.port,
        cafile: rest.caFile,
        stomp_port: brokerPort,
        timeout: restTimeoutSeconds,
        num_workers: 25,
        request_max_retries: 5,
      },
    },
  });
  await engine.ready;
  const findUrl = () => {
    const line = engine.stderrLines.find((text) => text.includes('health and metrics'));
    return line === undefined ? undefined : (JSON.parse(line) as { readonly url: string }).url;
  };
  return {
    pid: engine.pid,
    countOpen: async () => {
      const text = await (await fetch(`${findUrl()}/metrics`)).text();
      return { open: readGauge(text, 'ledger_open'), inDoubt: readGauge(text, 'ledger_in_doubt') };
    },
    kill9: async () => void (await engine.kill9()),
    stop: async () => void (await engine.stop()),
  };
}

function readGauge(metrics: string, queue: string): number {
  const count = new RegExp(`wirebook_queue_size\\{queue="${queue}"\\} (\\d+)`).exec(metrics)?.[1];
  if (count === undefined) throw new Error(`the engine does not tell ${queue}:\n${metrics.slice(0, 2000)}`);
  return Number(count);
}

async function startWithoutLedger({ platform, flows, policy, dataDir, rest, brokerPort }: ChaosEngineOptions): Promise<ChaosEngine> {
  const { simulator, activeMq } = platform;
  const folder = mkdtempSync(join(platform.folder, 'without-ledger-'));
  const options: EngineWithoutLedgerOptions = {
    restHost: new URL(simulator.restUrl).hostname,
    restPort: rest.port,
    restCaFile: rest.caFile,
    org: simulator.org,
    apiKeyId: simulator.apiKeyId,
    apiKeySecret: simulator.apiKeySecret,
    brokerHost: simulator.stompHost,
    brokerPort,
    brokerCaFile: activeMq?.caFile ?? simulator.caFile,
    restTimeoutMs: restTimeoutSeconds * 1000,
    policy,
    dataDir,
    flowFiles: flows.map((flow) => {
      const path = join(folder, `${flow.id}.flow.json`);
      writeFileSync(path, JSON.stringify(flow));
      return path;
    }),
  };
  const running: WirebookProcess = spawnNode(withoutLedgerPath, [JSON.stringify(options)], { homeDir: folder });
  await waitFor('the engine without ledger', () => running.outputLines.includes('ready') || running.hasEnded(), { timeoutMs: 60_000 });
  if (running.hasEnded()) throw new Error(`the engine without ledger ended:\n${running.errorLines.join('\n')}`);
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (!running.hasEnded()) running.child.kill(signal);
    await running.ended;
  };
  return { pid: running.pid, countOpen: async () => null, kill9: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}
