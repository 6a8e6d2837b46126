import { expect, onTestFinished, test, vi } from 'vitest';
import { createFrameSplitter } from './frame-splitter.ts';

interface Seen {
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly oversizeBytes?: number | undefined;
}

function split(chunks: readonly Buffer[], { maxMessageBytes = 1000, maxHeadBytes = 500, maxMessageHeadBytes = 500 } = {}): Seen[] {
  const seen: Seen[] = [];
  const splitter = createFrameSplitter({
    maxHeadBytes,
    maxMessageHeadBytes,
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
    maxMessageHeadBytes: 500,
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
    maxMessageHeadBytes: 500,
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

const bigHead = `MESSAGE\nack:a1\nsubscription:s1\nmessage-id:m1\ndestination:/queue/q\nreply-to:/queue/r\ncorrelation-id:invid\\c1\nx:${'x'.repeat(600)}`;
const bigHeadStream = bytes(
  [
    'MESSAGE\nsubscription:s0\n\nbefore\0\n',
    `${bigHead}\n\nbody\0\n`,
    `${bigHead}\r\ncontent-length:3\r\n\r\na\0b\0`,
    `${bigHead}\n\n\0\n`,
    'MESSAGE\nsubscription:s2\n\nafter\0\n',
  ].join(''),
);
const keptHeaders = {
  destination: '/queue/q',
  'message-id': 'm1',
  ack: 'a1',
  subscription: 's1',
  'reply-to': '/queue/r',
  'correlation-id': 'invid:1',
};
const bigHeadExpected: readonly Seen[] = [
  { command: 'MESSAGE', headers: { subscription: 's0' }, body: 'before' },
  { command: 'MESSAGE', headers: keptHeaders, body: '', oversizeBytes: bigHead.length + 4 },
  { command: 'MESSAGE', headers: keptHeaders, body: '', oversizeBytes: bigHead.length + '\r\ncontent-length:3\r'.length + 3 },
  { command: 'MESSAGE', headers: keptHeaders, body: '', oversizeBytes: bigHead.length },
  { command: 'MESSAGE', headers: { subscription: 's2' }, body: 'after' },
];

test('[S29] a MESSAGE with a large head is delivered by its size, wherever it is cut, and the next one comes whole', () => {
  const limits = { maxMessageHeadBytes: 2000 };
  expect(split([bigHeadStream], limits)).toEqual(bigHeadExpected);
  const wrong: number[] = [];
  for (let at = 0; at <= bigHeadStream.length; at += 1) {
    const seen = split([bigHeadStream.subarray(0, at), bigHeadStream.subarray(at)], limits);
    if (JSON.stringify(seen) !== JSON.stringify(bigHeadExpected)) wrong.push(at);
  }
  expect(wrong).toEqual([]);
  expect(
    split(
      Array.from(bigHeadStream, (byte) => Buffer.from([byte])),
      limits,
    ),
  ).toEqual(bigHeadExpected);
});

test('[S29] of a large head only values below 4 KiB are kept', () => {
  const text = `MESSAGE\nack:a1\nreply-to:${'r'.repeat(4096)}\ncorrelation-id:${'c'.repeat(4095)}\n\n\0`;
  expect(split([bytes(text)], { maxMessageHeadBytes: 10_000 })[0]?.headers).toEqual({ ack: 'a1', 'correlation-id': 'c'.repeat(4095) });
});

test('[S4] [S29] other frames, and a MESSAGE over its own limit, are refused for their headers', () => {
  const limits = { maxMessageHeadBytes: 2000 };
  expect(() => split([bytes(`RECEIPT\na:${'a'.repeat(600)}`)], limits)).toThrow('more than 500 bytes of headers');
  expect(() => split([bytes(`MESSAGES\na:${'a'.repeat(600)}`)], limits)).toThrow('more than 500 bytes of headers');
  expect(() => split([bytes(`MESSAGE\na:${'a'.repeat(2100)}`)], limits)).toThrow('more than 2000 bytes of headers');
});

test.each(['\n', '\r\n'])('[S4] a head of exactly as many bytes as may be is taken wherever it is cut, with line ends %j', (end) => {
  const head = (sizeBytes: number) => {
    const start = `RECEIPT${end}receipt-id:`;
    // The text ends before the LF of its last line, as it is counted.
    return `${start}${'r'.repeat(sizeBytes - start.length - (end.length - 1))}${end}${end}`;
  };
  const whole = bytes(`${head(500)}\0`);
  for (let at = 0; at <= whole.length; at += 1) expect(split([whole.subarray(0, at), whole.subarray(at)])).toHaveLength(1);
  expect(() => split([bytes(`${head(501)}\0`)])).toThrow('more than 500 bytes of headers');
});

test('[S29] a head of 1 MiB that comes in small pieces is neither copied nor searched again with each of them', () => {
  const head = bytes(`MESSAGE\nack:a1\n${'a:b\n'.repeat(260_000)}`);
  const chunks = Array.from({ length: Math.ceil(head.length / 100) }, (_, index) => head.subarray(index * 100, (index + 1) * 100));
  const search = vi.spyOn(Buffer.prototype, 'indexOf');
  const copy = vi.spyOn(Buffer, 'from');
  onTestFinished(() => {
    search.mockRestore();
    copy.mockRestore();
  });
  const [seen] = split([...chunks, bytes('\n\0')], { maxHeadBytes: 65_536, maxMessageHeadBytes: 1_048_576 });
  expect(seen).toMatchObject({ headers: { ack: 'a1' }, oversizeBytes: head.length - 1 });
  expect(search.mock.calls.length).toBeLessThan(400_000);
  expect(copy.mock.calls.length).toBeLessThan(100);
});
