import { createSystemClock } from '@wirebook/engine';
import { createDeadLetterQueue, type DeadLetterQueue } from '@wirebook/soar-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ActiveMq, createActiveMq } from './activemq.ts';
import { everyQueue } from './broker-config.ts';
import { mayLeaveOutActiveMq } from './find-activemq.ts';
import { headerOf, openStompWire, type StompWire } from './stomp-wire.ts';

const bounds = { maxCount: 100, maxBytes: 1_000_000 };

describe.skipIf(mayLeaveOutActiveMq(process.env))('the dead-letter queue of ActiveMQ', () => {
  let broker: ActiveMq;
  let platform: StompWire;

  beforeAll(async () => {
    broker = await createActiveMq({
      users: [
        { name: 'platform', password: 'p', rights: everyQueue },
        { name: 'operator', password: 'p', rights: everyQueue },
        { name: 'reader', password: 'p', rights: [{ queue: 'DLQ.>', may: ['read', 'create'] }] },
        { name: 'nobody', password: 'p', rights: [{ queue: 'other.>', may: ['read'] }] },
      ],
    });
    platform = await openStompWire({ host: broker.host, port: broker.plainPort, user: 'platform', password: 'p' });
  });
  afterAll(async () => {
    platform?.close();
    await broker?.close();
  });

  function lettersOf(destination: string, login = 'operator', maxMessageBytes = 1_000_000): DeadLetterQueue {
    return createDeadLetterQueue({
      queue: `DLQ.${destination}`,
      host: broker.host,
      port: broker.tlsPort,
      tls: { caPem: broker.caPem, verify: true },
      login,
      passcode: 'p',
      connectTimeoutMs: 10_000,
      heartbeatOutgoingMs: 0,
      heartbeatIncomingMs: 0,
      maxMessageBytes,
      clock: createSystemClock(),
      random: () => 0.5,
      log: { info: () => undefined, warn: () => undefined },
    });
  }

  /** Sends messages and refuses each, so that the broker gives up on them. */
  async function giveUp(destination: string, bodies: readonly (string | Buffer)[]): Promise<void> {
    for (const body of bodies) {
      const length: Record<string, string> = typeof body === 'string' ? {} : { 'content-length': String(body.byteLength) };
      platform.write(
        'SEND',
        {
          destination: `/queue/${destination}`,
          persistent: 'true',
          receipt: 'stored',
          priority: '6',
          'reply-to': '/queue/acks.201.fn_main',
          'correlation-id': 'invid:7',
          Co3ContextToken: 'a:b\\c',
          ...length,
        },
        body,
      );
      await platform.next('RECEIPT');
    }
    const taker = await openStompWire({ host: broker.host, port: broker.plainPort, user: 'platform', password: 'p' });
    taker.write('SUBSCRIBE', { id: 't', destination: `/queue/${destination}`, ack: 'client-individual' });
    for (const _ of bodies) taker.write('NACK', { id: headerOf(await taker.next('MESSAGE'), 'ack'), receipt: 'refused' });
    for (const _ of bodies) await taker.next('RECEIPT');
    taker.close();
  }

  const textsOf = async (queue: DeadLetterQueue) => (await queue.list(bounds)).letters.map(({ body }) => Buffer.from(body).toString());

  test('[soar-client S31] letters are looked at in their order up to the end frame of the browser, and nothing is taken', async () => {
    await giveUp('actions.201.look', ['one', 'two', 'three']);
    const queue = lettersOf('actions.201.look', 'reader');
    const { letters, isCut } = await queue.list(bounds);
    expect(isCut).toBe(false);
    expect(letters.map(({ body }) => Buffer.from(body).toString())).toEqual(['one', 'two', 'three']);
    expect(letters[0]).toMatchObject({
      messageId: expect.stringMatching(/^ID:/),
      originalDestination: 'actions.201.look',
      sizeBytes: 3,
      isBodyKept: true,
      headers: expect.objectContaining({ 'correlation-id': 'invid:7', timestamp: expect.any(String) }),
    });
    expect(await textsOf(queue)).toEqual(['one', 'two', 'three']);
    expect(await lettersOf('actions.201.empty', 'reader').list(bounds)).toEqual({ letters: [], isCut: false });
  });

  test('[soar-client S31] a browsing subscription ends with a MESSAGE whose browser header is "end"', async () => {
    await giveUp('actions.201.frames', ['one']);
    const wire = await openStompWire({ host: broker.host, port: broker.plainPort, user: 'reader', password: 'p' });
    wire.write('SUBSCRIBE', { id: 'b', destination: '/queue/DLQ.actions.201.frames', browser: 'true', ack: 'client-individual' });
    expect(headerOf(await wire.next('MESSAGE'), 'original-destination')).toBe('/queue/actions.201.frames');
    const end = await wire.next('MESSAGE');
    expect(['browser', 'message-id', 'subscription'].map((name) => headerOf(end, name))).toEqual(['end', '0', 'b']);
    wire.close();
  });

  test('[soar-client S32] a list is bounded in number and bytes, and says that there is more; a large body is told by its size', async () => {
    await giveUp('actions.201.bound', ['one', 'x'.repeat(2000), 'three']);
    const queue = lettersOf('actions.201.bound', 'reader');
    const two = await queue.list({ maxCount: 2, maxBytes: 1_000_000 });
    expect([two.letters.length, two.isCut]).toEqual([2, true]);
    expect(await queue.list({ maxCount: 3, maxBytes: 1_000_000 })).toMatchObject({ isCut: false });
    const few = await queue.list({ maxCount: 10, maxBytes: 1000 });
    expect([few.letters.map(({ sizeBytes }) => sizeBytes), few.isCut]).toEqual([[3, 2000], true]);
    const small = await lettersOf('actions.201.bound', 'reader', 1000).list(bounds);
    expect(small.letters.map(({ sizeBytes, isBodyKept }) => [sizeBytes, isBodyKept])).toEqual([
      [3, true],
      [2000, false],
      [5, true],
    ]);
  });

  test('[soar-client S33] one letter goes back to where it came from as it came, and the others stay in their order', async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0xc3, 0x28]);
    await giveUp('actions.201.back', ['one', 'two ü', bytes, 'four']);
    const queue = lettersOf('actions.201.back');
    const { letters } = await queue.list(bounds);
    const judged: string[] = [];
    const ids = letters.map(({ messageId }) => messageId);
    for (const id of [ids[1] ?? '', ids[2] ?? ''])
      expect(await queue.giveBack(id, ({ messageId }) => judged.push(messageId))).toEqual({ destination: 'actions.201.back' });
    expect(judged).toEqual(ids.slice(1, 3));
    expect(await textsOf(queue)).toEqual(['one', 'four']);
    const wire = await openStompWire({ host: broker.host, port: broker.plainPort, user: 'platform', password: 'p' });
    wire.write('SUBSCRIBE', { id: 'w', destination: '/queue/actions.201.back', ack: 'auto' });
    const text = await wire.next('MESSAGE');
    expect(text.endsWith('\n\ntwo ü')).toBe(true);
    expect(['reply-to', 'correlation-id', 'Co3ContextToken', 'priority', 'persistent'].map((name) => headerOf(text, name))).toEqual([
      '/queue/acks.201.fn_main',
      'invid:7',
      'a:b\\c',
      '6',
      'true',
    ]);
    expect(text).not.toMatch(/\n(?:content-length|redelivered|original-destination|originalExpiration):/);
    expect(headerOf(await wire.next('MESSAGE'), 'content-length')).toBe('4');
    wire.close();
    await expect(queue.giveBack(ids[1] ?? '', () => undefined)).rejects.toMatchObject({ code: 'ENGINE_DEAD_LETTER_UNKNOWN' });
  });

  test('[soar-client S33] a letter that somebody else holds at the moment is not taken twice, and a refusal of the judge leaves it', async () => {
    await giveUp('actions.201.judge', ['one', 'two']);
    const queue = lettersOf('actions.201.judge');
    const [first] = (await queue.list(bounds)).letters;
    const refused = queue.giveBack(first?.messageId ?? '', () => {
      throw new Error('not this one');
    });
    await expect(refused).rejects.toThrow('not this one');
    const both = await Promise.allSettled([
      queue.giveBack(first?.messageId ?? '', () => undefined),
      queue.giveBack(first?.messageId ?? '', () => undefined),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await textsOf(queue)).toEqual(['two']);
  });

  test('[soar-client S34] a missing right is told in words, and leaves every letter where it is', async () => {
    await giveUp('actions.201.right', ['one', 'two']);
    await expect(lettersOf('actions.201.right', 'nobody').list(bounds)).rejects.toMatchObject({
      code: 'ENGINE_DEAD_LETTERS_FORBIDDEN',
      message: expect.stringMatching(/needs the right to read .*DLQ\.actions\.201\.right.*not authorized to read/),
    });
    const queue = lettersOf('actions.201.right', 'reader');
    const [first] = (await queue.list(bounds)).letters;
    await expect(queue.giveBack(first?.messageId ?? '', () => undefined)).rejects.toMatchObject({
      code: 'ENGINE_DEAD_LETTERS_FORBIDDEN',
      message: expect.stringMatching(/needs the right to write on actions\.201\.right.*not authorized to write/),
    });
    expect(await textsOf(queue)).toEqual(['one', 'two']);
    await expect(lettersOf('actions.201.right', 'stranger').list(bounds)).rejects.toMatchObject({ code: 'SOAR_BROKER_LOGIN_REFUSED' });
  });

  test('[soar-client S32] [soar-client S33] of a long queue the oldest are listed, and the last one of these is found', async () => {
    await giveUp(
      'actions.201.deep',
      Array.from({ length: 250 }, (_, index) => `letter ${index}`),
    );
    const queue = lettersOf('actions.201.deep');
    const { letters, isCut } = await queue.list({ maxCount: 200, maxBytes: 1_000_000 });
    expect([letters.length, isCut]).toEqual([200, true]);
    await queue.giveBack(letters.at(-1)?.messageId ?? '', () => undefined);
    const left = (await queue.list({ maxCount: 300, maxBytes: 1_000_000 })).letters.map(({ body }) => Buffer.from(body).toString());
    expect(left).toEqual(Array.from({ length: 250 }, (_, index) => `letter ${index}`).filter((text) => text !== 'letter 199'));
  });
});
