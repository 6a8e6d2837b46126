import { expect, test } from 'vitest';
import { createLiveFeed } from './live-feed.ts';
import { createNodeActivityBook } from './node-activity-book.ts';

const ran = { flowId: 'f', nodeId: 'ask', state: 'failed', atMs: 1, okCount: 0, failedCount: 1, lastError: 'x' } as const;
const opened = { flowId: 'f', nodeId: 'ask', host: 'api.example.com', untilMs: 30_000 } as const;

test('[B14] a node whose host has an open circuit says so, whichever of both is known first, until it closes', () => {
  const book = createNodeActivityBook();
  expect(book.add([], [opened])).toEqual([]);
  expect(book.add([ran])[0]?.nodes[0]).toMatchObject({ nodeId: 'ask', circuit: { host: 'api.example.com', untilMs: 30_000 } });
  book.add([], [{ ...opened, host: 'later.example.com', untilMs: 40_000 }]);
  expect(book.ofFlow('f')[0]?.circuit).toEqual({ host: 'later.example.com', untilMs: 40_000 });
  const [changed] = book.add([], [{ ...opened, host: 'later.example.com', untilMs: null }]);
  expect(changed?.nodes[0]?.circuit).toEqual({ host: 'api.example.com', untilMs: 30_000 });
  book.add([], [{ ...opened, untilMs: null }]);
  expect(book.ofFlow('f')[0]).not.toHaveProperty('circuit');
});

test('[B14] with the end of the engine process its circuits are gone', () => {
  const book = createNodeActivityBook();
  book.add([ran], [opened]);
  const [interrupted] = book.interrupt(5);
  expect(interrupted?.nodes).toMatchObject([{ nodeId: 'ask', state: 'failed', lastError: 'x' }]);
  expect(interrupted?.nodes[0]).not.toHaveProperty('circuit');
});

test('[B14] the newest state of each circuit leaves with the next batch', () => {
  const feed = createLiveFeed({ onNews: () => undefined });
  const callers = [{ flowId: 'f', nodeId: 'ask' }];
  feed.addCircuit({ host: 'api.example.com', untilMs: 30_000, callers });
  feed.addCircuit({ host: 'api.example.com', untilMs: null, callers });
  feed.addCircuit({ host: 'b.example.com', untilMs: 30_000, callers });
  expect(feed.take()?.circuits).toEqual([
    { ...opened, untilMs: null },
    { ...opened, host: 'b.example.com' },
  ]);
  expect(feed.take()).toBeNull();
});
