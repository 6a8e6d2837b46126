import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator, type Simulator, type SimulatorCredentials, simulatorCredentials } from '@wirebook/simulator';
import { type ActiveMq, createActiveMq } from '../activemq/activemq.ts';
import { type ActiveMqUser, everyQueue, integrationRights } from '../activemq/broker-config.ts';
import type { ConfigChanges } from './app-config-text.ts';
import type { EngineProcess } from './engine-process.ts';

export type BrokerKind = 'embedded' | 'activemq';

export interface PlatformOptions {
  readonly broker: BrokerKind;
  /** Fixes logins; "scenarios" unless given. */
  readonly seed?: string | undefined;
  /** Largest heap of ActiveMQ; its own default unless given. */
  readonly heapMb?: number | undefined;
  /** Integrations may read and write every queue of ActiveMQ, dead letters too; else what the platform grants them. */
  readonly grantsEveryQueue?: boolean | undefined;
}

/** A simulated platform in this process, on its embedded broker or on a private ActiveMQ. */
export interface Platform {
  readonly kind: BrokerKind;
  readonly simulator: Simulator;
  /** Null on the embedded broker. */
  readonly activeMq: ActiveMq | null;
  /** Removed by `close`. */
  readonly folder: string;
  /** The app.config that reaches this platform, before a scenario changes it. */
  readonly config: ConfigChanges;
  /** Every process that was started here, oldest first; `close` ends those that a scenario has not. */
  readonly engines: EngineProcess[];
  close(): Promise<void>;
}

export async function startPlatform({ broker, seed = 'scenarios', heapMb, grantsEveryQueue = false }: PlatformOptions): Promise<Platform> {
  const folder = await mkdtemp(join(tmpdir(), 'wirebook-scenarios-'));
  const activeMq =
    broker === 'activemq' ? await createActiveMq({ users: toActiveMqUsers(simulatorCredentials(seed), grantsEveryQueue), heapMb }) : null;
  const simulator = await createSimulator({
    seed,
    ...(activeMq === null ? {} : { broker: { url: activeMq.tlsUrl, caFile: activeMq.caFile } }),
  });
  const engines: EngineProcess[] = [];
  return {
    kind: broker,
    simulator,
    activeMq,
    folder,
    config: toConfig(simulator, activeMq),
    engines,
    close: async () => {
      await Promise.all(engines.map((engine) => engine.kill9()));
      await simulator.close();
      await activeMq?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function toActiveMqUsers({ users, apiKeys, platform }: SimulatorCredentials, grantsEveryQueue: boolean): ActiveMqUser[] {
  const rightsIn = (orgId: number) => (grantsEveryQueue ? everyQueue : integrationRights(orgId));
  return [
    { name: platform.login, password: platform.passcode, rights: everyQueue },
    ...apiKeys.map(({ id, secret, orgId }) => ({ name: id, password: secret, rights: rightsIn(orgId) })),
    ...users.map(({ email, password, orgIds }) => ({ name: email, password, rights: orgIds.flatMap(rightsIn) })),
  ];
}

function toConfig(simulator: Simulator, activeMq: ActiveMq | null): ConfigChanges {
  const rest = new URL(simulator.restUrl);
  return {
    resilient: {
      host: rest.hostname,
      port: rest.port,
      stomp_host: simulator.stompHost,
      stomp_port: simulator.stompPort,
      org: simulator.org,
      api_key_id: simulator.apiKeyId,
      api_key_secret: simulator.apiKeySecret,
      cafile: simulator.caFile,
      stomp_cafile: activeMq?.caFile ?? simulator.caFile,
      request_retry_delay: '0.05',
    },
  };
}
