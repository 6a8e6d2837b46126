import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toWirebookError, type WirebookError } from '@wirebook/errors';
import type { Clock } from '@wirebook/node-kit';

export interface ConfigWatchOptions {
  readonly path: string;
  readonly clock: Pick<Clock, 'startTimer'>;
  /** Rejects when the file does not read. */
  readonly check: () => Promise<unknown>;
  /** Another content, and it reads. */
  readonly onChanged: () => void;
  /** Another content that does not read; told once for each. */
  readonly onRefused: (error: WirebookError) => void;
}

/** Tells when app.config has other content. Editors replace files, so it is looked at by its path and not by its events. */
export interface ConfigWatch {
  close(): void;
}

const pollMs = 1000;
const absent = 'absent';

export function createConfigWatch({ path, clock, check, onChanged, onRefused }: ConfigWatchOptions): ConfigWatch {
  /** Content that was acted upon. */
  let acted = readContentHash(path);
  let last = acted;
  let isClosed = false;
  let timer = clock.startTimer(pollMs, look);

  function look(): void {
    const now = readContentHash(path);
    // Seen twice, so that a file that is being written is not taken for done.
    const isSettled = now === last && now !== acted;
    last = now;
    const looked = isSettled ? act(now) : Promise.resolve();
    void looked.then(() => {
      if (!isClosed) timer = clock.startTimer(pollMs, look);
    });
  }

  async function act(content: string): Promise<void> {
    try {
      await check();
    } catch (thrown) {
      acted = content;
      if (!isClosed) onRefused(toWirebookError(thrown, 'CONFIG_OPTION_INVALID'));
      return;
    }
    // It was changed once more while it was read: the next looks tell.
    if (readContentHash(path) !== content) return;
    acted = content;
    if (!isClosed) onChanged();
  }

  return {
    close: () => {
      isClosed = true;
      timer.cancel();
    },
  };
}

/** Of the content of a file; another word for one that is not there. */
export function readContentHash(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return absent;
    throw thrown;
  }
}
