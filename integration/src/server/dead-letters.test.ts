import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mayLeaveOutActiveMq } from '../activemq/find-activemq.ts';
import { headerOf, openStompWire, type StompWire } from '../activemq/stomp-wire.ts';
import { appConfigText } from '../harness/app-config-text.ts';
import { type Platform, startPlatform } from '../harness/platform.ts';
import { waitFor } from '../harness/wait-for.ts';
import { type StartedServer, startServer } from './started-server.ts';

const destination = 'actions.201.fn_models';

interface LetterPage {
  readonly queue: string;
  readonly letters: readonly { readonly messageId: string }[];
}

describe.skipIf(mayLeaveOutActiveMq(process.env))('dead letters through the server, on ActiveMQ', () => {
  let platform: Platform;
  let server: StartedServer;
  let wire: StompWire;

  beforeAll(async () => {
    platform = await startPlatform({ broker: 'activemq', grantsEveryQueue: true });
    const { activeMq, simulator } = platform;
    if (activeMq === null) throw new Error('there is no ActiveMQ');
    wire = await openStompWire({
      host: activeMq.host,
      port: activeMq.plainPort,
      user: simulator.apiKeyId,
      password: simulator.apiKeySecret,
    });
    const config = join(platform.folder, 'app.config');
    writeFileSync(config, appConfigText(platform.config, { resilient: { dead_letter_queue: `DLQ.${destination}` } }));
    server = await startServer(config);
  });
  afterAll(async () => {
    await server?.close();
    wire?.close();
    await platform?.close();
  });

  async function listLetters(): Promise<LetterPage> {
    return (await server.get('/api/dead-letters')) as LetterPage;
  }

  test('[server S9] a call that the broker gave up on is listed, returned to its destination, and not listed any more', async () => {
    wire.write('SUBSCRIBE', { id: 't', destination: `/queue/${destination}`, ack: 'client-individual' });
    await platform.simulator.invocations.fire({ function: 'lookup_model_by_id', inputs: { model_id: 'M-1' } });
    const message = await wire.next('MESSAGE');
    wire.write('NACK', { id: headerOf(message, 'ack'), receipt: 'given up' });
    await wire.next('RECEIPT');

    await waitFor('the engine', async () => ((await server.get('/api/health')) as { notReady: readonly string[] }).notReady.length === 0);
    const { queue, letters } = await listLetters();
    expect(queue).toBe(`DLQ.${destination}`);
    expect(letters).toMatchObject([
      { messageId: headerOf(message, 'message-id'), originalDestination: destination, giveBack: { isPossible: true } },
    ]);
    expect(await server.post('/api/dead-letters/return', { messageId: letters[0]?.messageId })).toMatchObject({ destination });
    const again = await wire.next('MESSAGE');
    expect(headerOf(again, 'correlation-id')).toBe(headerOf(message, 'correlation-id'));
    expect(again.slice(again.indexOf('\n\n'))).toBe(message.slice(message.indexOf('\n\n')));
    expect((await listLetters()).letters).toEqual([]);
    await expect(server.post('/api/dead-letters/return', { messageId: letters[0]?.messageId })).rejects.toThrow(
      'ENGINE_DEAD_LETTER_UNKNOWN',
    );
  });
});
