import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSimulator, type Simulator } from '@wirebook/simulator';

export interface SimulatedPlatform {
  readonly simulator: Simulator;
  /** An app.config that leads to it. */
  readonly configFile: string;
}

/** Enough for a day of trying things out; each takes some kilobytes of memory. */
const rememberedInvocations = 10_000;

/** The simulator and the engine keep logins and case data here. */
const ownerOnly = 0o700;

export async function startSimulatedPlatform(dataDir: string): Promise<SimulatedPlatform> {
  const simulator = await createSimulator({ dataDir: join(dataDir, 'simulator'), rememberedInvocations });
  try {
    return { simulator, configFile: await writeAppConfig(simulator, dataDir) };
  } catch (thrown) {
    await simulator.close();
    throw thrown;
  }
}

async function writeAppConfig(simulator: Simulator, dataDir: string): Promise<string> {
  const rest = new URL(simulator.restUrl);
  const file = join(dataDir, 'app.config');
  await mkdir(dataDir, { recursive: true, mode: ownerOnly });
  const lines = [
    '# Written at each start for the simulated platform.',
    '[resilient]',
    `host=${rest.hostname}`,
    `port=${rest.port}`,
    `stomp_host=${simulator.stompHost}`,
    `stomp_port=${simulator.stompPort}`,
    `org=${simulator.org}`,
    `api_key_id=${simulator.apiKeyId}`,
    `api_key_secret=${simulator.apiKeySecret}`,
    `cafile=${simulator.caFile}`,
    '',
  ];
  await writeFile(file, lines.join('\n'), { mode: 0o600 });
  return file;
}
