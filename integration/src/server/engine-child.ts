import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSystemClock } from '@wirebook/engine';
import { createEngineProcess, type EngineActivity, type EngineProcess, readConfigAt } from '@wirebook/server';
import { appConfigText, type ConfigChanges } from '../harness/app-config-text.ts';
import type { Platform } from '../harness/platform.ts';
import { waitFor } from '../harness/wait-for.ts';

/** The engine as the server starts it, on a simulated platform. */
export interface EngineChild {
  readonly engine: EngineProcess;
  readonly configFile: string;
  readonly dataDir: string;
  readonly activity: EngineActivity[];
  /** Words of its states, in order, each once. */
  readonly states: string[];
  readonly logLines: string[];
  untilRunning(): Promise<void>;
  writeConfig(changes?: ConfigChanges): void;
}

export function startEngineChild(platform: Platform, changes: ConfigChanges = {}): EngineChild {
  const folder = mkdtempSync(join(platform.folder, 'server-'));
  const configFile = join(folder, 'app.config');
  const writeConfig = (last: ConfigChanges = {}) => writeFileSync(configFile, appConfigText(platform.config, last));
  writeConfig(changes);
  const dataDir = join(folder, 'engine');
  const logLines: string[] = [];
  const activity: EngineActivity[] = [];
  const engine = createEngineProcess({
    configFile,
    dataDir,
    env: { PATH: process.env.PATH, HOME: folder },
    clock: createSystemClock(),
    onLogLine: (line) => logLines.push(line),
    checkConfig: () => readConfigAt(configFile, { variables: {}, homeDir: folder, workingDir: folder }),
    onConfigRefused: ({ code }) => logLines.push(`refused ${code}`),
    findVersion: (flowId, flowVersion) => (flowId === 'known' && flowVersion !== '' ? 3 : null),
  });
  const states: string[] = [engine.view.state];
  engine.onChange(({ state }) => {
    if (states.at(-1) !== state) states.push(state);
  });
  engine.onActivity((batch) => activity.push(batch));
  return {
    engine,
    configFile,
    dataDir,
    activity,
    states,
    logLines,
    writeConfig,
    untilRunning: async () => {
      await waitFor('the engine process', () => engine.view.state === 'running', { timeoutMs: 60_000 });
    },
  };
}
