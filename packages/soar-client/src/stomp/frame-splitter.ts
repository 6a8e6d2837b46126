import { WirebookError } from '@wirebook/errors';
import { type FrameHead, parseFrameHead } from './frame-head.ts';
import { pickAddress } from './message-address.ts';
import { growHead, keepHead, type PendingHead } from './pending-head.ts';

/** A MESSAGE. One whose head or body is over its limit is counted, not kept. */
export interface CutMessage {
  /** Of a head over the limit those that settling and answering need. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Bytes of the body, and of the head when that is over its limit. */
  readonly oversizeBytes?: number;
}

export interface FrameSplitterOptions {
  /** Command and headers together; more ends the connection, or makes a MESSAGE one that is delivered by its size. */
  readonly maxHeadBytes: number;
  /** Command and headers of a MESSAGE; more ends the connection. */
  readonly maxMessageHeadBytes: number;
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
  /** Of a head over the limit; undefined for all others. */
  readonly largeHeadBytes: number | undefined;
  readonly limitBytes: number;
  /** Undefined: the body ends with the first NUL. */
  readonly lengthBytes: number | undefined;
  readonly parts: Buffer[];
  receivedBytes: number;
}

/** Cuts the stream of a broker into frames, whatever the pieces in which it arrives. */
export function createFrameSplitter(options: FrameSplitterOptions): FrameSplitter {
  let pending: PendingHead | undefined;
  let open: OpenBody | undefined;

  function push(chunk: Buffer): void {
    let bytes = chunk;
    let at = 0;
    if (pending !== undefined) {
      const searchedBytes = pending.sizeBytes;
      pending = growHead(pending, chunk);
      bytes = pending.storage.subarray(0, pending.sizeBytes);
      // The last two bytes may belong to the end of the head.
      const next = readHead(bytes, { start: 0, searchFrom: Math.max(0, searchedBytes - 2) });
      if (next === undefined) return;
      pending = undefined;
      at = next;
    }
    while (at < bytes.length) {
      if (open !== undefined) {
        at = readBody(bytes, at, open);
        continue;
      }
      // Heart-beats, and line ends or NULs that some brokers write after a frame.
      while (at < bytes.length && isBetweenFrames(bytes[at] as number)) at += 1;
      if (at === bytes.length) return;
      const next = readHead(bytes, { start: at, searchFrom: at });
      if (next === undefined) {
        pending = keepHead(bytes.subarray(at));
        return;
      }
      at = next;
    }
  }

  /** Gives the place behind the head; undefined when its end has not arrived. */
  function readHead(bytes: Buffer, { start, searchFrom }: { start: number; searchFrom: number }): number | undefined {
    const end = findHeadEnd(bytes, searchFrom);
    const sizeBytes = (end?.textEnd ?? findTextEnd(bytes)) - start;
    const isLarge = sizeBytes > options.maxHeadBytes;
    if (isLarge) assertMessageHead(bytes, { start, sizeBytes });
    if (end === undefined) return undefined;
    const headText = bytes.toString('utf8', start, end.textEnd);
    const head = parseFrameHead(headText);
    const lengthBytes = readContentLength(head);
    if (isLarge) {
      const address = { command: head.command, headers: pickAddress(head.headers) };
      open = { head: address, headText: '', largeHeadBytes: sizeBytes, limitBytes: 0, lengthBytes, parts: [], receivedBytes: 0 };
      return end.bodyStart;
    }
    const limitBytes = head.command === 'MESSAGE' ? options.maxMessageBytes : maxOtherBodyBytes;
    open = { head, headText, largeHeadBytes: undefined, limitBytes, lengthBytes, parts: [], receivedBytes: 0 };
    return end.bodyStart;
  }

  /** Only a MESSAGE may have a larger head: whoever sent it decides on its headers, and the others on the connection go on. */
  function assertMessageHead(bytes: Buffer, { start, sizeBytes }: { start: number; sizeBytes: number }): void {
    const isMessage = /^MESSAGE\r?\n/.test(bytes.toString('latin1', start, start + 9));
    const limitBytes = isMessage ? options.maxMessageHeadBytes : options.maxHeadBytes;
    if (sizeBytes <= limitBytes) return;
    throw new WirebookError('SOAR_BROKER_ERROR', `The broker sent a frame with more than ${limitBytes} bytes of headers.`);
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
    const isOversize = body.largeHeadBytes !== undefined || body.receivedBytes > body.limitBytes;
    if (body.head.command === 'MESSAGE') {
      const { headers } = body.head;
      // One copy: a slice would keep the whole chunk in memory for as long as the message waits.
      if (isOversize)
        options.onMessage({ headers, body: new Uint8Array(), oversizeBytes: (body.largeHeadBytes ?? 0) + body.receivedBytes });
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

/** Of a head that goes on: the line end that came last may be the first byte of its end, which does not count. */
function findTextEnd(bytes: Buffer): number {
  const last = bytes.length - 1;
  if (bytes[last] === LF) return last;
  return bytes[last] === CR && bytes[last - 1] === LF ? last - 1 : bytes.length;
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
