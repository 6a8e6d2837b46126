import type { LiveConnection } from '../transport/live-connection.ts';
import type { LiveStore } from './live-store.ts';

/** Fills the store from the socket until the given function is called; a reconnect goes on where it was. Once for the whole product. */
export function watchLiveRuns(live: Pick<LiveConnection, 'on' | 'watch'>, runs: LiveStore): () => void {
  const forget = live.on('runs:batch', runs.take);
  const unwatch = live.watch('runs', () => {
    const { bootId, seq } = runs.getState();
    return bootId === null ? {} : { after: seq, bootId };
  });
  return () => {
    unwatch();
    forget();
  };
}
