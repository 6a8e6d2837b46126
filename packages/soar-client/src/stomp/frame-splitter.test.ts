import { expect, onTestFinished, test, vi } from 'vitest';
import { createFrameSplitter } from './frame-splitter.ts';

interface Seen {
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly oversizeBytes?: number | undefined;
}

function split(chunks: readonly Buffer[], { maxMessageBytes = 1000, maxHeadBytes = 500 } = {}): Seen[] {
  const seen: Seen[] = [];
  const splitter = createFrameSplitter({
    maxHeadBytes,
    maxMessageBytes,
    onMessage: ({ headers, body, oversizeBytes }) =>
      seen.push({ command: 'MESSAGE', headers, body: Buffer.from(body).toString('latin1'), oversizeBytes }),
    onFrame: ({ command, headers }, frame) => seen.push({ command, headers, body: Buffer.from(frame).toString('latin1') }),
  });
  for (const chunk of chunks) splitter.push(chunk);
  return seen;
}

const bytes = (text: string) => Buffer.from(text, 'latin1');

const stream = bytes(
  [
    'CONNECTED\nversion:1.2\n\n\0\n',
    'MESSAGE\nsubscription:s1\ncontent-length:9\n\na\0b\n\nc\0\0d\0\n\n\n',
    'MESSAGE\r\nsubscription:s2\r\n\r\nuntil the NUL\n\0',
    'RECEIPT\nreceipt-id:r1\n\n\0',
    'MESSAGE\nsubscription:s3\ncontent-length:0\n\n\0',
    'ERROR\nmessage:no\ncontent-length:3\n\nx\0y\0\n',
    `MESSAGE\nsubscription:s4\ncontent-length:40\n\n${'z'.repeat(40)}\0`,
    `MESSAGE\nsubscription:s5\n\n${'z'.repeat(40)}\0\n`,
    'MESSAGE\nsubscription:s6\n\n\0',
  ].join(''),
);

const expected: readonly Seen[] = [
  { command: 'CONNECTED', headers: { version: '1.2' }, body: 'CONNECTED\nversion:1.2\n\n\0' },
  { command: 'MESSAGE', headers: { subscription: 's1', 'content-length': '9' }, body: 'a\0b\n\nc\0\0d' },
  { command: 'MESSAGE', headers: { subscription: 's2' }, body: 'until the NUL\n' },
  { command: 'RECEIPT', headers: { 'receipt-id': 'r1' }, body: 'RECEIPT\nreceipt-id:r1\n\n\0' },
  { command: 'MESSAGE', headers: { subscription: 's3', 'content-length': '0' }, body: '' },
  { command: 'ERROR', headers: { message: 'no', 'content-length': '3' }, body: 'ERROR\nmessage:no\ncontent-length:3\n\nx\0y\0' },
  { command: 'MESSAGE', headers: { subscription: 's4', 'content-length': '40' }, body: '', oversizeBytes: 40 },
  { command: 'MESSAGE', headers: { subscription: 's5' }, body: '', oversizeBytes: 40 },
  { command: 'MESSAGE', headers: { subscription: 's6' }, body: '' },
];

test('[S1] [S2] frames are cut by content-length, NULs inside included, or by the first NUL', () => {
  expect(split([stream], { maxMessageBytes: 30 })).toEqual(expected);
});

test('[S1] any cut into two chunks, and byte by byte, gives the same frames', () => {
  const wrong: number[] = [];
  for (let at = 0; at <= stream.length; at += 1) {
    const seen = split([stream.subarray(0, at), stream.subarray(at)], { maxMessageBytes: 30 });
    if (JSON.stringify(seen) !== JSON.stringify(expected)) wrong.push(at);
  }
  expect(wrong).toEqual([]);
  expect(
    split(
      Array.from(stream, (byte) => Buffer.from([byte])),
      { maxMessageBytes: 30 },
    ),
  ).toEqual(expected);
});

test('[S1] a thousand random cuts give the same frames', () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  for (let round = 0; round < 1000; round += 1) {
    const chunks: Buffer[] = [];
    for (let at = 0; at < stream.length; ) {
      const next = at + random(1 + random(60));
      chunks.push(stream.subarray(at, next));
      at = next;
    }
    expect(split(chunks, { maxMessageBytes: 30 })).toEqual(expected);
  }
});

test('[S3] a body over the limit is not kept: 200 MB pass through a splitter that holds next to nothing', () => {
  const seen: number[] = [];
  const splitter = createFrameSplitter({
    maxHeadBytes: 500,
    maxMessageBytes: 1000,
    onMessage: ({ oversizeBytes, body }) => seen.push(oversizeBytes ?? -1, body.length),
    onFrame: () => undefined,
  });
  const piece = Buffer.alloc(1_000_000, 'x');
  for (const head of ['MESSAGE\na:1\n\n', 'MESSAGE\ncontent-length:100000000\n\n']) {
    splitter.push(bytes(head));
    const before = process.memoryUsage();
    for (let count = 0; count < 100; count += 1) splitter.push(piece);
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(20_000_000);
    splitter.push(bytes('\0'));
  }
  expect(seen).toEqual([100_000_000, 0, 100_000_000, 0]);
});

test('[S3] a body of 5 MB in network pieces is never put together before it is whole', () => {
  const body = Buffer.alloc(5_000_000, 'x');
  const frame = Buffer.concat([bytes('MESSAGE\ncontent-length:5000000\n\n'), body, bytes('\0')]);
  const chunks = Array.from({ length: Math.ceil(frame.length / 65_536) }, (_, index) =>
    frame.subarray(index * 65_536, (index + 1) * 65_536),
  );
  const concat = vi.spyOn(Buffer, 'concat');
  const set = vi.spyOn(Uint8Array.prototype, 'set');
  onTestFinished(() => {
    concat.mockRestore();
    set.mockRestore();
  });
  const [seen] = split(chunks, { maxMessageBytes: 10_000_000 });
  expect(seen?.body.length).toBe(5_000_000);
  expect(concat).not.toHaveBeenCalled();
  expect(set.mock.calls.reduce((sum, [part]) => sum + part.length, 0)).toBe(5_000_000);
});

test('[S3] what arrives does not hold on to the chunk it came in', () => {
  const bodies: Uint8Array[] = [];
  const splitter = createFrameSplitter({
    maxHeadBytes: 500,
    maxMessageBytes: 1000,
    onMessage: ({ body }) => bodies.push(body),
    onFrame: () => undefined,
  });
  splitter.push(Buffer.concat([bytes('MESSAGE\ncontent-length:3\n\nabc\0'), Buffer.alloc(60_000, '\n')]));
  expect(bodies[0]?.buffer.byteLength).toBe(3);
});

test.each([
  ['endless headers', `MESSAGE\n${'a'.repeat(600)}`, 'more than 500 bytes of headers'],
  ['headers that end too late', `MESSAGE\na:${'a'.repeat(600)}\n\n\0`, 'more than 500 bytes of headers'],
  ['a negative length', 'MESSAGE\ncontent-length:-1\n\n\0', 'content-length "-1"'],
  ['a length that is no number', 'MESSAGE\ncontent-length:1e3\n\n\0', 'content-length "1e3"'],
  ['a length that is too small', 'MESSAGE\ncontent-length:2\n\nabc\0', 'longer than its content-length'],
])('[S4] %s: refused as no STOMP', (_name, text, message) => {
  expect(() => split([bytes(text)])).toThrow(message);
});
