import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import type { FaultState } from './broker-faults.ts';

/** Beyond this many unsent bytes a connection gets no further messages until the peer has read. */
const HIGH_WATER_BYTES = 4 * 1024 * 1024;

export interface FrameWriter {
  send(frame: Uint8Array): void;
  /** False while the peer reads too slowly. */
  hasRoom(): boolean;
  /** When bytes were last handed to the socket, milliseconds since the epoch. */
  lastWriteMs(): number;
  /** Sends what is held back and ends the connection. */
  finish(): void;
  stop(): void;
}

export interface FrameWriterOptions {
  readonly socket: Socket;
  readonly clock: Clock;
  readonly faults: FaultState;
}

/** Writes frames in order; what one turn of the event loop sends leaves as one write. */
export function createFrameWriter({ socket, clock, faults }: FrameWriterOptions): FrameWriter {
  let held: { frame: Uint8Array; dueMs: number }[] = [];
  let timer: { cancel(): void } | undefined;
  let lastWriteMs = clock.now();
  let isCorked = false;
  let isFinished = false;

  function write(frame: Uint8Array): void {
    if (socket.destroyed || !socket.writable) return;
    lastWriteMs = clock.now();
    if (!isCorked) {
      isCorked = true;
      socket.cork();
      setImmediate(() => {
        isCorked = false;
        socket.uncork();
      });
    }
    socket.write(frame);
  }

  function endSocket(): void {
    if (!socket.destroyed) socket.end();
  }

  function writeDue(): void {
    timer = undefined;
    const now = clock.now();
    let count = 0;
    while (count < held.length && (held[count]?.dueMs ?? 0) <= now) count += 1;
    for (const { frame } of held.splice(0, count)) write(frame);
    if (held.length > 0) waitForNext();
    else if (isFinished) endSocket();
  }

  function waitForNext(): void {
    timer ??= clock.startTimer(Math.max(1, (held[0]?.dueMs ?? 0) - clock.now()), writeDue);
  }

  return {
    send(frame) {
      if (isFinished) return;
      if (faults.delayMs === 0 && held.length === 0) return write(frame);
      const lastDueMs = held.at(-1)?.dueMs ?? 0;
      held.push({ frame, dueMs: Math.max(lastDueMs, clock.now() + faults.delayMs) });
      waitForNext();
    },
    hasRoom: () => socket.writableLength < HIGH_WATER_BYTES,
    lastWriteMs: () => lastWriteMs,
    finish() {
      isFinished = true;
      if (held.length === 0) endSocket();
    },
    stop() {
      isFinished = true;
      held = [];
      timer?.cancel();
    },
  };
}
