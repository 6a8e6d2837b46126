import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppConfig, readAppConfig } from '@wirebook/package-kit';
import { createSimulator, type Simulator } from '@wirebook/simulator';

export interface SimulatedConfig {
  readonly simulator: Simulator;
  /** Options of [resilient] that differ from the right ones, and text behind that section; until the next call. */
  change(options?: Readonly<Record<string, string | number>>, more?: string): void;
  readonly readConfig: () => Promise<AppConfig>;
  close(): Promise<void>;
}

/** The real simulator, and an app.config that leads to it. */
export async function startSimulatedConfig(): Promise<SimulatedConfig> {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-platform-'));
  const simulator = await createSimulator();
  const path = join(folder, 'app.config');
  function change(options: Readonly<Record<string, string | number>> = {}, more = ''): void {
    const right = {
      host: '127.0.0.1',
      port: new URL(simulator.restUrl).port,
      stomp_host: simulator.stompHost,
      stomp_port: simulator.stompPort,
      org: simulator.org,
      api_key_id: simulator.apiKeyId,
      api_key_secret: simulator.apiKeySecret,
      cafile: simulator.caFile,
    };
    const lines = Object.entries({ ...right, ...options }).map(([name, value]) => `${name}=${value}`);
    writeFileSync(path, ['[resilient]', ...lines, more, ''].join('\n'));
  }
  change();
  return {
    simulator,
    change,
    readConfig: () => readAppConfig({ path, env: {}, homeDir: folder, cwd: folder, readFile: (name) => readFile(name, 'utf8') }),
    close: async () => {
      await simulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}
