import { createFakeClock } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import type { EngineBatch } from './engine-channel.ts';
import { createReportSender } from './report-sender.ts';

const batch: EngineBatch = { rows: [], lines: [], nodes: [], circuits: [], dropped: { rows: 0, lines: 0 } };

function begin() {
  const clock = createFakeClock();
  const sent: { text: string; atMs: number; done: () => void }[] = [];
  const startMs = clock.monotonicMs();
  let waiting = 0;
  const sender = createReportSender({
    clock,
    send: (text, done) => sent.push({ text, atMs: clock.monotonicMs() - startMs, done }),
    redactJson: () => (json) => json.replaceAll('hush-hush', '***'),
    takeBatch: () => {
      if (waiting === 0) return null;
      waiting = 0;
      return batch;
    },
  });
  const bring = () => {
    waiting += 1;
    sender.announce();
  };
  return { clock, sent, sender, bring };
}

test('[B8] batches leave at most 20 times a second', async () => {
  const { clock, sent, bring } = begin();
  for (let index = 0; index < 100; index += 1) {
    bring();
    for (const { done } of sent) done();
    await clock.advance(10);
  }
  expect(sent.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 20 }, (_, index) => 10 + index * 50));
});

test('[B8] a batch waits until the one before was taken', async () => {
  const { clock, sent, bring } = begin();
  bring();
  await clock.advance(10);
  bring();
  await clock.advance(1000);
  expect(sent).toHaveLength(1);
  sent[0]?.done();
  await clock.advance(10);
  expect(sent).toHaveLength(2);
});

test('[B9] nothing leaves the engine process without redaction', () => {
  const { sent, sender } = begin();
  sender.send({ type: 'refused', id: 1, error: { code: 'SOAR_BAD_REQUEST', message: 'hush-hush is wrong' } });
  expect(sent[0]?.text).toContain('*** is wrong');
});
