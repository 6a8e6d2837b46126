import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ActiveMq, createActiveMq } from './activemq.ts';
import { everyQueue, integrationRights } from './broker-config.ts';
import { mayLeaveOutActiveMq } from './find-activemq.ts';
import { isListening } from './free-ports.ts';

describe.skipIf(mayLeaveOutActiveMq(process.env))('a private ActiveMQ', () => {
  let broker: ActiveMq;

  beforeAll(async () => {
    broker = await createActiveMq({
      users: [
        { name: 'platform', password: 'platform-password', rights: everyQueue },
        { name: 'key-201', password: 'key-password', rights: integrationRights(201) },
      ],
    });
  });
  afterAll(async () => {
    await broker?.close();
  });

  test('keeps persistent messages over a SIGKILL, on the same ports, and marks what was delivered before', async () => {
    const platform = await login(broker, 'platform', 'platform-password');
    for (const body of ['one', 'two']) await platform.sendPersistent('/queue/actions.201.kept', body);
    platform.destroy();

    const before = await login(broker, 'key-201', 'key-password');
    before.subscribe('actions.201.kept');
    const first = await before.next('MESSAGE');
    expect(first).toContain('\n\none');
    expect(first).not.toContain('redelivered:true');
    before.destroy();

    await broker.kill();
    expect(await isListening(broker.tlsPort)).toBe(false);
    await broker.start();

    const after = await login(broker, 'key-201', 'key-password');
    after.subscribe('actions.201.kept');
    const again = await after.next('MESSAGE');
    expect(again).toContain('\n\none');
    expect(again).toContain('redelivered:true');
    after.destroy();
  });

  test('refuses an organisation’s login the queues of another organisation', async () => {
    const client = await login(broker, 'key-201', 'key-password');
    client.subscribe('actions.202.private');
    expect(await client.next('ERROR')).toContain('not authorized');
    client.destroy();
  });

  test('refuses a wrong password', async () => {
    await expect(login(broker, 'key-201', 'guess')).rejects.toThrow('password is invalid');
  });

  test('shows a certificate that only its own authority vouches for', async () => {
    const socket = connectTls({ host: broker.host, port: broker.tlsPort });
    const [error] = await once(socket, 'error').catch((thrown: unknown) => [thrown]);
    expect(error).toMatchObject({ code: 'SELF_SIGNED_CERT_IN_CHAIN' });
  });

  test('leaves neither a process nor a folder behind', async () => {
    const other = await createActiveMq({ users: [], heapMb: 128 });
    expect([await isListening(other.tlsPort), await isListening(other.plainPort)]).toEqual([true, true]);
    await other.close();
    await other.close();
    expect([await isListening(other.tlsPort), await isListening(other.plainPort)]).toEqual([false, false]);
    expect(existsSync(other.folder)).toBe(false);
  });
});

/** A STOMP connection over verified TLS, reduced to what these tests need: text bodies, whole frames. */
async function login(broker: ActiveMq, user: string, passcode: string) {
  const socket = connectTls({ host: broker.host, port: broker.tlsPort, ca: broker.caPem });
  await once(socket, 'secureConnect');
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    received += text;
  });
  const write = (command: string, headers: Record<string, string>, body = '') =>
    socket.write(
      `${command}\n${Object.entries(headers)
        .map(([name, value]) => `${name}:${value}\n`)
        .join('')}\n${body}\0`,
    );

  async function next(command: string): Promise<string> {
    for (;;) {
      const end = received.indexOf('\0');
      if (end >= 0) {
        const frame = received.slice(0, end).replace(/^\n+/, '');
        received = received.slice(end + 1);
        if (frame.startsWith(`${command}\n`)) return frame;
        if (frame.startsWith('ERROR\n')) throw new Error(frame);
      } else {
        await once(socket, 'data');
      }
    }
  }

  write('CONNECT', { 'accept-version': '1.2', host: 'localhost', login: user, passcode });
  await next('CONNECTED');
  return {
    next,
    destroy: () => socket.destroy(),
    subscribe: (destination: string) => write('SUBSCRIBE', { id: destination, destination, ack: 'client-individual' }),
    async sendPersistent(destination: string, body: string): Promise<void> {
      write('SEND', { destination, persistent: 'true', receipt: 'stored' }, body);
      await next('RECEIPT');
    },
  };
}
