import { expect, onTestFinished, test, vi } from 'vitest';
import { encodeFrame } from './frame-encoder.ts';
import { createFrameParser, defaultFrameLimits, type FrameLimits } from './frame-parser.ts';

function readAll(chunks: readonly Buffer[], limits: Partial<FrameLimits> = {}) {
  const frames: { command: string; headers: [string, string][]; body: string }[] = [];
  const broken: string[] = [];
  const parser = createFrameParser({
    limits: { ...defaultFrameLimits, ...limits },
    onFrame: ({ command, headers, body }) => frames.push({ command, headers: Object.entries(headers), body: body.toString('latin1') }),
    onBroken: (reason) => broken.push(reason),
  });
  for (const chunk of chunks) parser.push(chunk);
  return { frames, broken };
}

/** The same numbers on every run, from 0 up to 1. */
function createDraws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const conversation = Buffer.concat([
  Buffer.from('\n\r\nCONNECT\r\naccept-version:1.2\r\npasscode:a\\cb\r\n\r\n\0\n\n'),
  encodeFrame(
    'SEND',
    { destination: '/queue/a', 'odd:name': 'colon: line\nback\\slash\r', 'content-length': '7' },
    Buffer.from('a\0b\n\n\0c'),
  ),
  Buffer.from('SEND\ndestination:/queue/b\ndestination:second\nno colon here\nempty:\n\nopen body é\0\n'),
  encodeFrame('MESSAGE', { 'content-length': '0' }),
  encodeFrame('ACK', { id: 'ID:1:2' }),
]);

test('[B2] however the bytes are cut, the same frames are read', () => {
  const whole = readAll([conversation]);
  expect(whole.broken).toEqual([]);
  expect(whole.frames).toMatchObject([
    {
      command: 'CONNECT',
      headers: [
        ['accept-version', '1.2'],
        ['passcode', 'a\\cb'],
      ],
    },
    {
      command: 'SEND',
      headers: [
        ['destination', '/queue/a'],
        ['odd:name', 'colon: line\nback\\slash\r'],
        ['content-length', '7'],
      ],
      body: 'a\0b\n\n\0c',
    },
    {
      command: 'SEND',
      headers: [
        ['destination', '/queue/b'],
        ['empty', ''],
      ],
    },
    { command: 'MESSAGE', body: '' },
    { command: 'ACK', headers: [['id', 'ID:1:2']] },
  ]);
  const draw = createDraws(20_261_122);
  for (let round = 0; round < 300; round += 1) {
    const chunks: Buffer[] = [];
    for (let at = 0; at < conversation.length; ) {
      const next = at + 1 + Math.floor(draw() ** 3 * 60);
      chunks.push(conversation.subarray(at, next));
      at = next;
    }
    expect(readAll(chunks)).toEqual(whole);
  }
});

test('[B2] a header may be called __proto__', () => {
  const { frames } = readAll([Buffer.from('SEND\n__proto__:x\nconstructor:y\n\n\0')]);
  expect(frames[0]?.headers).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
});

test('[B2] a body of 20 MB in pieces of 16 KB is copied once', () => {
  const frame = encodeFrame('SEND', { 'content-length': '20000000' }, Buffer.alloc(20_000_000, 7));
  const chunks: Buffer[] = [];
  for (let at = 0; at < frame.length; at += 16_384) chunks.push(frame.subarray(at, at + 16_384));
  let bodyBytes = 0;
  const parser = createFrameParser({
    limits: defaultFrameLimits,
    onFrame: ({ body }) => {
      bodyBytes = body.length;
    },
    onBroken: (reason) => expect.fail(reason),
  });
  const concat = vi.spyOn(Buffer, 'concat');
  onTestFinished(() => concat.mockRestore());
  for (const chunk of chunks) parser.push(chunk);
  expect(bodyBytes).toBe(20_000_000);
  const copiedBytes = concat.mock.results.reduce((sum, { value }) => sum + value.length, 0);
  expect(copiedBytes).toBeGreaterThanOrEqual(bodyBytes);
  expect(copiedBytes).toBeLessThanOrEqual(frame.length);
});

test('[B3] what is too long or too much is named and nothing is read after it', () => {
  const limits = { maxCommandBytes: 10, maxHeaderLineBytes: 20, maxHeaders: 2, maxFrameBytes: 60 };
  const ack = 'ACK\nid:1\n\n\0';
  const reasonOf = (text: string) => readAll([Buffer.from(text + ack)], limits);
  expect(reasonOf(`${'X'.repeat(11)}\n\n\0`)).toEqual({ frames: [], broken: ['The maximum command length was exceeded'] });
  expect(reasonOf(`SEND\na:${'x'.repeat(19)}\n\n\0`)).toEqual({ frames: [], broken: ['The maximum header length was exceeded'] });
  expect(reasonOf('SEND\na:1\nb:2\nc:3\n\n\0')).toEqual({ frames: [], broken: ['The maximum number of headers was exceeded'] });
  expect(reasonOf('SEND\ncontent-length:99\n\n')).toEqual({ frames: [], broken: ['The maximum data length was exceeded'] });
  expect(reasonOf(`SEND\n\n${'x'.repeat(60)}\0`)).toEqual({ frames: [], broken: ['The maximum data length was exceeded'] });
  expect(reasonOf('SEND\ncontent-length:-1\n\n\0').broken).toEqual(['Specified content-length is not a valid integer']);
  expect(reasonOf('SEND\na:\0\n\n\0').broken).toEqual(['A NUL byte came before the empty line that ends the headers']);
  expect(readAll([Buffer.from(ack)], limits).frames).toHaveLength(1);
});

test('[B3] the limit of a line holds while the line is still coming', () => {
  const { broken } = readAll([Buffer.from('SEND\nlong:'), Buffer.alloc(9000, 120), Buffer.alloc(9000, 120)]);
  expect(broken).toEqual(['The maximum header length was exceeded']);
});
