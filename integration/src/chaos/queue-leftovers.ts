import { createSocketWires } from '../frames/socket-wire.ts';
import type { Platform } from '../harness/platform.ts';

const quietMs = 500;

/** What still lies on a queue or on its dead letter queue; asked while no engine runs. */
export async function readLeftovers({ simulator, activeMq }: Platform, queue: string): Promise<readonly string[]> {
  const names = [queue, `DLQ.${queue}`];
  if (activeMq === null) {
    const states = simulator.broker?.queueStates() ?? [];
    return states.filter((state) => names.includes(state.queue) && state.depth > 0).map((state) => `${state.depth} on ${state.queue}`);
  }
  const wires = createSocketWires({ host: activeMq.host, port: activeMq.tlsPort, ca: activeMq.caPem });
  const { wire } = await wires.connect({ ...simulator.credentials.platform, headers: {} });
  try {
    for (const name of names) {
      const headers = { id: name, destination: `/queue/${name}`, ack: 'client-individual' };
      wire.send({ command: 'SUBSCRIBE', headers, body: Buffer.alloc(0) });
    }
    const leftovers: string[] = [];
    for (let next = await wire.next(quietMs); next !== 'silence'; next = await wire.next(quietMs)) {
      if (next === 'closed') throw new Error('the broker closed the connection while its queues were read');
      leftovers.push(`${next.command} ${next.headers.destination} ${Buffer.from(next.body).toString('utf8', 0, 200)}`);
    }
    return leftovers;
  } finally {
    await wire.drop();
  }
}
