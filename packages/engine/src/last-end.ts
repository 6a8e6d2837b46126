import type { EngineLog } from './engine-log.ts';
import type { LastEnd } from './ports/ledger.ts';

/** Tells the operator when the process before this one ended without a word, and which messages are blamed for it. */
export function reportLastEnd({ wasUnclean, blamedMessageIds }: LastEnd, log: EngineLog): void {
  if (!wasUnclean) return;
  if (blamedMessageIds.length === 0) {
    log.warn('the engine process before this one ended without a stop and without an error on record; what it had in hand is watched');
    return;
  }
  log.warn('the engine process before this one ended while suspected messages ran; they run one at a time now', {
    suspects: blamedMessageIds.length,
    messageIds: blamedMessageIds.slice(0, shownIds).join(', '),
  });
}

const shownIds = 10;
