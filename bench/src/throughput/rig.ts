import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createActiveMq } from '@wirebook/integration/activemq';
import { everyQueue, integrationRights } from '@wirebook/integration/activemq-rights';
import { createSimulator, demoOrgId, simulatorCredentials } from '@wirebook/simulator';
import { connectStomp } from './stomp-client.ts';
import { createWorkload, type Workload } from './workload.ts';

/** A platform with a real broker, and an app.config that reaches it. */
export interface Rig {
  readonly workload: Workload;
  /** Removed by `close`. */
  readonly dir: string;
  readonly configFile: string;
  close(): Promise<void>;
}

const seed = 'bench';
/** Of a heap of 512 MB ActiveMQ dies when 30,000 messages of 6 KB lie in a queue that goes on to grow and to be drained. */
const brokerHeapMb = 2048;
const queue = `actions.${demoOrgId}.fn_models`;

export async function startRig(): Promise<Rig> {
  const credentials = simulatorCredentials(seed);
  const apiKey = credentials.apiKeys.find(({ orgId }) => orgId === demoOrgId);
  if (apiKey === undefined) throw new Error('the simulator has no API key for the demonstration organisation');
  const { login, passcode } = credentials.platform;
  const activeMq = await createActiveMq({
    heapMb: brokerHeapMb,
    users: [
      { name: login, password: passcode, rights: everyQueue },
      { name: apiKey.id, password: apiKey.secret, rights: integrationRights(demoOrgId) },
    ],
  });
  const simulator = await createSimulator({ seed, broker: { url: activeMq.tlsUrl, caFile: activeMq.caFile } });
  const client = await connectStomp({ host: activeMq.host, port: activeMq.tlsPort, caPem: activeMq.caPem, login, passcode });
  const dir = mkdtempSync(join(tmpdir(), 'wirebook-bench-'));
  const rest = new URL(simulator.restUrl);
  const configFile = join(dir, 'app.config');
  const lines = [
    '[resilient]',
    `host=${rest.hostname}`,
    `port=${rest.port}`,
    `stomp_host=${activeMq.host}`,
    `stomp_port=${activeMq.tlsPort}`,
    `api_key_id=${apiKey.id}`,
    `api_key_secret=${apiKey.secret}`,
    `cafile=${simulator.caFile}`,
    `stomp_cafile=${activeMq.caFile}`,
    `org=${simulator.org}`,
    'num_workers=50',
    'loglevel=WARNING',
  ];
  writeFileSync(configFile, `${lines.join('\n')}\n`);
  return {
    workload: createWorkload(client, `/queue/${queue}`),
    dir,
    configFile,
    close: async () => {
      await client.deactivate();
      await simulator.close();
      await activeMq.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
