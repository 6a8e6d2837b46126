import { WirebookError } from '@wirebook/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameSplitter } from './frame-splitter.ts';

const cases = 3000;
/** Of all cases; only one that hangs reaches it. */
const timeLimitMs = 30_000;
const limits = { maxHeadBytes: 300, maxMessageHeadBytes: 600, maxMessageBytes: 200 };

interface Outcome {
  readonly frames: readonly string[];
  readonly error: string | null;
  /** Of all bodies that were handed over. */
  readonly keptBytes: number;
}

/** Reads a stream in pieces; whatever is not a coded error goes to the test. */
function read(chunks: readonly Uint8Array[]): Outcome {
  const frames: string[] = [];
  let keptBytes = 0;
  const splitter = createFrameSplitter({
    ...limits,
    onMessage: ({ headers, body, oversizeBytes }) => {
      keptBytes = Math.max(keptBytes, body.length);
      frames.push(`MESSAGE ${JSON.stringify(headers)} ${Buffer.from(body).toString('latin1')} ${oversizeBytes}`);
    },
    onFrame: ({ command, headers }, frame) => frames.push(`${command} ${JSON.stringify(headers)} ${Buffer.from(frame).toString('latin1')}`),
  });
  try {
    for (const chunk of chunks) splitter.push(Buffer.from(chunk));
    return { frames, error: null, keptBytes };
  } catch (thrown) {
    if (!(thrown instanceof WirebookError)) throw thrown;
    return { frames, error: thrown.code, keptBytes };
  }
}

function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((left, right) => left - right);
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

const name = fc.constantFrom('subscription', 'message-id', 'destination', 'content-length', 'ack', '__proto__', 'constructor', 'a\\cb', '');
const value = fc.oneof(
  fc.constantFrom(
    '0',
    '5',
    '-1',
    '1e3',
    '99999999999999999999',
    '200',
    '201',
    '\\n\\c\\\\',
    '\\',
    '\\x',
    ' 5 ',
    'ä\u{1f600}',
    'v'.repeat(250),
  ),
  fc.string({ maxLength: 20 }),
);
const lineEnd = fc.constantFrom('\n', '\n', '\n', '\r\n');
const frame = fc
  .record({
    command: fc.constantFrom('MESSAGE', 'MESSAGE', 'MESSAGE', 'RECEIPT', 'ERROR', 'CONNECTED', 'message', '', 'SEND'),
    headers: fc.array(fc.tuple(name, value), { maxLength: 5 }),
    end: lineEnd,
    body: fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('', '{"a":1}', 'x\0y', 'z'.repeat(400))),
    tail: fc.constantFrom('\0', '\0\n', '\0\r\n\n', '', '\n'),
  })
  .map(
    ({ command, headers, end, body, tail }) =>
      `${[command, ...headers.map(([key, text]) => `${key}:${text}`)].join(end)}${end}${end}${body}${tail}`,
  );
const framed = fc.array(frame, { minLength: 1, maxLength: 5 }).map((frames) => new Uint8Array(Buffer.from(frames.join(''), 'utf8')));
/** Streams that were whole, with bytes changed, put in and left out. */
const damaged = fc
  .tuple(
    framed,
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }), fc.constantFrom('change', 'insert', 'remove')), { maxLength: 8 }),
  )
  .map(([bytes, damages]) => {
    const list = [...bytes];
    for (const [at, byte, how] of damages)
      list.splice(at % (list.length + 1), how === 'insert' ? 0 : 1, ...(how === 'remove' ? [] : [byte]));
    return new Uint8Array(list);
  });
const stream = fc.oneof(fc.uint8Array({ maxLength: 600 }), framed, damaged, damaged);

test(
  `[S1] [S3] [S4] ${cases} streams of valid, damaged and random bytes give frames or a coded error, the same in any pieces, and keep no more than the limit`,
  () => {
    let refused = 0;
    let readCount = 0;
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (bytes, places) => {
        const whole = read([bytes]);
        const pieces = read(cut(bytes, places));
        expect([null, 'SOAR_BROKER_ERROR']).toContain(whole.error);
        expect(whole.keptBytes).toBeLessThanOrEqual(limits.maxMessageBytes);
        // A head over its limit is refused as soon as it is, with or without its end: both refuse it.
        expect(pieces).toEqual(whole);
        refused += whole.error === null ? 0 : 1;
        readCount += whole.frames.length;
      }),
      { numRuns: cases, interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: true },
    );
    expect(refused).toBeGreaterThan(cases / 100);
    expect(readCount).toBeGreaterThan(cases / 10);
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
  timeLimitMs * 2,
);
