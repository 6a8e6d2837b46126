import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { activeMqInstallCommand, mayLeaveOutActiveMq } from '../activemq/find-activemq.ts';
import type { EngineProcess } from './engine-process.ts';
import { type BrokerKind, type Platform, startPlatform } from './platform.ts';

/** What the scenarios of one file run on. */
export interface Setting {
  readonly broker: BrokerKind;
  /** Only inside tests and hooks. */
  readonly platform: Platform;
}

/** Runs the same scenarios on the embedded broker and on ActiveMQ, each started once for all of them. */
export function describeOnBrokers(name: string, scenarios: (setting: Setting) => void): void {
  describe(`${name}, on the embedded broker`, () => runOn('embedded', scenarios));
  const isLeftOut = mayLeaveOutActiveMq(process.env);
  const reason = isLeftOut ? ` (LEFT OUT: ActiveMQ is not installed; ${activeMqInstallCommand})` : '';
  describe.skipIf(isLeftOut)(`${name}, on ActiveMQ${reason}`, () => runOn('activemq', scenarios));
}

function runOn(broker: BrokerKind, scenarios: (setting: Setting) => void): void {
  let platform: Platform | undefined;
  beforeAll(async () => {
    platform = await startPlatform({ broker });
  });
  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => {
      for (const engine of platform?.engines.slice(-2) ?? []) console.error(lastWordsOf(engine));
    });
  });
  afterAll(async () => {
    await platform?.close();
  });
  scenarios({
    broker,
    get platform() {
      if (platform === undefined) throw new Error('the platform is there inside tests and hooks only');
      return platform;
    },
  });
}

function lastWordsOf({ pid, stderrLines }: EngineProcess): string {
  return [`Last words of engine process ${pid}:`, ...stderrLines.slice(-25)].join('\n');
}
