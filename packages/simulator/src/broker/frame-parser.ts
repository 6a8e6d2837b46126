import { unescapeHeader } from './header-escapes.ts';
import { createHeaders, type FrameHeaders, type StompFrame } from './stomp-frame.ts';

/** What a peer may send before it is refused; the first three are ActiveMQ's. */
export interface FrameLimits {
  readonly maxCommandBytes: number;
  readonly maxHeaderLineBytes: number;
  readonly maxHeaders: number;
  /** Command, headers and body together. */
  readonly maxFrameBytes: number;
}

export const defaultFrameLimits: FrameLimits = {
  maxCommandBytes: 1024,
  maxHeaderLineBytes: 10 * 1024,
  maxHeaders: 1000,
  maxFrameBytes: 100 * 1024 * 1024,
};

export interface FrameParserOptions {
  readonly limits: FrameLimits;
  readonly onFrame: (frame: StompFrame) => void;
  /** The stream cannot be read any further; says why, in ActiveMQ's words where it has some. */
  readonly onBroken: (reason: string) => void;
}

export interface FrameParser {
  /** Takes the next bytes, split anywhere; calls back once a frame is complete. */
  push(chunk: Buffer): void;
  /** Nothing is read any more, not even the rest of the chunk at hand. */
  stop(): void;
}

const NUL = 0;
const LF = 10;
const CR = 13;

/** Reads STOMP 1.2 frames out of a stream of chunks. Each byte is looked at once and a body is copied once. */
export function createFrameParser({ limits, onFrame, onBroken }: FrameParserOptions): FrameParser {
  let state: 'between' | 'head' | 'sized body' | 'open body' | 'end' | 'stopped' = 'between';
  let parts: Buffer[] = [];
  let partsBytes = 0;
  let command: string | undefined;
  let headers: FrameHeaders = createHeaders();
  let headerCount = 0;
  let headBytes = 0;
  let bodyBytes = 0;

  function takeParts(): Buffer {
    const whole = Buffer.concat(parts, partsBytes);
    parts = [];
    partsBytes = 0;
    return whole;
  }

  function keep(part: Buffer): void {
    parts.push(part);
    partsBytes += part.length;
  }

  function fail(reason: string): void {
    state = 'stopped';
    parts = [];
    onBroken(reason);
  }

  function startFrame(): void {
    state = 'head';
    command = undefined;
    headers = createHeaders();
    headerCount = 0;
    headBytes = 0;
  }

  function endFrame(): void {
    const frame: StompFrame = { command: command ?? '', headers, body: takeParts() };
    state = 'between';
    onFrame(frame);
  }

  function readHeaderLine(line: string): void {
    headerCount += 1;
    if (headerCount > limits.maxHeaders) {
      fail('The maximum number of headers was exceeded');
      return;
    }
    const colonAt = line.indexOf(':');
    if (colonAt < 0) return;
    const isConnect = command === 'CONNECT' || command === 'CONNECTED';
    const name = isConnect ? line.slice(0, colonAt) : unescapeHeader(line.slice(0, colonAt));
    if (name in headers) return;
    headers[name] = isConnect ? line.slice(colonAt + 1) : unescapeHeader(line.slice(colonAt + 1));
  }

  function endHead(): void {
    const length = headers['content-length'];
    if (length === undefined) {
      state = 'open body';
      return;
    }
    bodyBytes = Number(length);
    if (!/^\d{1,15}$/.test(length)) fail('Specified content-length is not a valid integer');
    else if (headBytes + bodyBytes > limits.maxFrameBytes) fail('The maximum data length was exceeded');
    else state = bodyBytes === 0 ? 'end' : 'sized body';
  }

  /** @returns where reading goes on. */
  function readHead(chunk: Buffer, from: number): number {
    const lineEndAt = chunk.indexOf(LF, from);
    const stopAt = lineEndAt < 0 ? chunk.length : lineEndAt;
    keep(chunk.subarray(from, stopAt));
    const maxLineBytes = command === undefined ? limits.maxCommandBytes : limits.maxHeaderLineBytes;
    if (partsBytes > maxLineBytes) fail(`The maximum ${command === undefined ? 'command' : 'header'} length was exceeded`);
    if (lineEndAt < 0 || state === 'stopped') return stopAt;
    headBytes += partsBytes + 1;
    if (headBytes > limits.maxFrameBytes) {
      fail('The maximum data length was exceeded');
      return stopAt;
    }
    const bytes = takeParts();
    const line = bytes.toString('utf8', 0, bytes.at(-1) === CR ? bytes.length - 1 : bytes.length);
    if (line.includes('\0')) fail('A NUL byte came before the empty line that ends the headers');
    else if (command === undefined) command = line.trim();
    else if (line === '') endHead();
    else readHeaderLine(line);
    return lineEndAt + 1;
  }

  function readSizedBody(chunk: Buffer, from: number): number {
    const stopAt = Math.min(chunk.length, from + bodyBytes - partsBytes);
    keep(chunk.subarray(from, stopAt));
    if (partsBytes === bodyBytes) state = 'end';
    return stopAt;
  }

  function readOpenBody(chunk: Buffer, from: number): number {
    const endAt = chunk.indexOf(NUL, from);
    const stopAt = endAt < 0 ? chunk.length : endAt;
    keep(chunk.subarray(from, stopAt));
    if (headBytes + partsBytes > limits.maxFrameBytes) {
      fail('The maximum data length was exceeded');
      return stopAt;
    }
    if (endAt < 0) return stopAt;
    endFrame();
    return endAt + 1;
  }

  function readEnd(chunk: Buffer, from: number): number {
    if (chunk[from] === NUL) endFrame();
    else fail('content-length bytes were read and there was no trailing null byte');
    return from + 1;
  }

  function readBetween(chunk: Buffer, from: number): number {
    let at = from;
    while (at < chunk.length && (chunk[at] === LF || chunk[at] === CR)) at += 1;
    if (at < chunk.length) startFrame();
    return at;
  }

  return {
    push(chunk) {
      let at = 0;
      while (at < chunk.length && state !== 'stopped') {
        if (state === 'between') at = readBetween(chunk, at);
        else if (state === 'head') at = readHead(chunk, at);
        else if (state === 'sized body') at = readSizedBody(chunk, at);
        else if (state === 'open body') at = readOpenBody(chunk, at);
        else at = readEnd(chunk, at);
      }
    },
    stop() {
      state = 'stopped';
      parts = [];
    },
  };
}
