import { WirebookError } from '@wirebook/errors';
import { type FrameHead, parseFrameHead } from './frame-head.ts';

/** What follows a command and its headers; the body of a MESSAGE over the limit is counted, not kept. */
export interface CutMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly oversizeBytes?: number;
}

export interface FrameSplitterOptions {
  /** Command and headers together; more ends the connection. */
  readonly maxHeadBytes: number;
  /** Body of a MESSAGE. */
  readonly maxMessageBytes: number;
  readonly onMessage: (message: CutMessage) => void;
  /** Every other frame, whole and with its NUL. */
  readonly onFrame: (head: FrameHead, frame: Uint8Array) => void;
}

export interface FrameSplitter {
  /** @throws WirebookError SOAR_BROKER_ERROR when the bytes are no STOMP; the connection is then of no more use. */
  push(chunk: Buffer): void;
}

/** Body of an ERROR or another frame that is not a MESSAGE; what is over it is dropped. */
const maxOtherBodyBytes = 65_536;
const LF = 0x0a;
const CR = 0x0d;

interface OpenBody {
  readonly head: FrameHead;
  readonly headText: string;
  readonly limitBytes: number;
  /** Undefined: the body ends with the first NUL. */
  readonly lengthBytes: number | undefined;
  readonly parts: Buffer[];
  receivedBytes: number;
}

/** Cuts the stream of a broker into frames, whatever the pieces in which it arrives. */
export function createFrameSplitter(options: FrameSplitterOptions): FrameSplitter {
  let pending: Buffer | undefined;
  let open: OpenBody | undefined;

  function push(chunk: Buffer): void {
    const bytes = pending === undefined ? chunk : Buffer.concat([pending, chunk]);
    pending = undefined;
    let at = 0;
    while (at < bytes.length) {
      const next = open === undefined ? readHead(bytes, at) : readBody(bytes, at, open);
      if (next === undefined) return;
      at = next;
    }
  }

  /** Gives the place behind the head, or keeps the bytes for the next chunk. */
  function readHead(bytes: Buffer, from: number): number | undefined {
    let start = from;
    // Heart-beats, and line ends or NULs that some brokers write after a frame.
    while (start < bytes.length && isBetweenFrames(bytes[start] as number)) start += 1;
    if (start === bytes.length) return undefined;
    const end = findHeadEnd(bytes, start);
    if ((end?.textEnd ?? bytes.length) - start > options.maxHeadBytes) {
      throw new WirebookError('SOAR_BROKER_ERROR', `The broker sent a frame with more than ${options.maxHeadBytes} bytes of headers.`);
    }
    if (end === undefined) {
      // A copy: a slice would keep the whole chunk in memory.
      pending = Buffer.from(bytes.subarray(start));
      return undefined;
    }
    const headText = bytes.toString('utf8', start, end.textEnd);
    const head = parseFrameHead(headText);
    const limitBytes = head.command === 'MESSAGE' ? options.maxMessageBytes : maxOtherBodyBytes;
    open = { head, headText, limitBytes, lengthBytes: readContentLength(head), parts: [], receivedBytes: 0 };
    return end.bodyStart;
  }

  function readBody(bytes: Buffer, from: number, body: OpenBody): number {
    const end = body.lengthBytes === undefined ? bytes.indexOf(0, from) : from + body.lengthBytes - body.receivedBytes;
    if (end < 0 || end >= bytes.length) {
      keep(body, bytes.subarray(from));
      return bytes.length;
    }
    if (bytes[end] !== 0) {
      throw new WirebookError(
        'SOAR_BROKER_ERROR',
        `The broker sent a ${body.head.command} frame that is longer than its content-length says.`,
      );
    }
    keep(body, bytes.subarray(from, end));
    open = undefined;
    finish(body);
    return end + 1;
  }

  function keep(body: OpenBody, part: Buffer): void {
    body.receivedBytes += part.length;
    if (Math.max(body.receivedBytes, body.lengthBytes ?? 0) > body.limitBytes) body.parts.length = 0;
    else if (part.length > 0) body.parts.push(part);
  }

  function finish(body: OpenBody): void {
    const isOversize = body.receivedBytes > body.limitBytes;
    if (body.head.command === 'MESSAGE') {
      const { headers } = body.head;
      // One copy: a slice would keep the whole chunk in memory for as long as the message waits.
      if (isOversize) options.onMessage({ headers, body: new Uint8Array(), oversizeBytes: body.receivedBytes });
      else options.onMessage({ headers, body: concatExactly(body.parts, body.receivedBytes) });
      return;
    }
    const headText = isOversize ? body.headText.replaceAll(/\ncontent-length:.*/g, '') : body.headText;
    options.onFrame(body.head, Buffer.concat([Buffer.from(`${headText}\n\n`), ...body.parts, Buffer.from([0])]));
  }

  return { push };
}

/** Not from Buffer's shared pool, so that a small body does not keep its neighbours. */
function concatExactly(parts: readonly Buffer[], sizeBytes: number): Uint8Array {
  const whole = new Uint8Array(sizeBytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function findHeadEnd(bytes: Buffer, from: number): { textEnd: number; bodyStart: number } | undefined {
  for (let lineEnd = bytes.indexOf(LF, from); lineEnd >= 0; lineEnd = bytes.indexOf(LF, lineEnd + 1)) {
    const next = bytes[lineEnd + 1];
    if (next === LF) return { textEnd: lineEnd, bodyStart: lineEnd + 2 };
    if (next === CR && bytes[lineEnd + 2] === LF) return { textEnd: lineEnd, bodyStart: lineEnd + 3 };
  }
  return undefined;
}

function readContentLength({ command, headers }: FrameHead): number | undefined {
  const text = headers['content-length'];
  if (text === undefined) return undefined;
  if (!/^\s*\d{1,15}\s*$/.test(text)) {
    throw new WirebookError('SOAR_BROKER_ERROR', `The broker sent a ${command} frame with the content-length "${text.slice(0, 40)}".`);
  }
  return Number(text);
}

function isBetweenFrames(byte: number): boolean {
  return byte === LF || byte === CR || byte === 0;
}
