import { join } from 'node:path';
import { createPoisonDesk, type FoundPoison, findPoisonChoices, type PoisonDesk } from '@wirebook/engine';
import { openPoisonReader, type PoisonReader } from '@wirebook/store';
import { afterEach, expect, test } from 'vitest';
import { chain, type EngineUnderTest, lookup, startEngine } from './engine-under-test.ts';

let started: { engine: EngineUnderTest; tray: PoisonReader }[] = [];

afterEach(async () => {
  for (const { engine, tray } of started.reverse()) {
    tray.close();
    await engine.close();
  }
  started = [];
});

interface Scene extends EngineUnderTest {
  readonly desk: PoisonDesk;
  readonly tray: PoisonReader;
}

const address = { 'reply-to': '/queue/acks.201.fn_models', 'correlation-id': 'cid-bad' };
const flows = [chain('f', lookup, ['test.write'], ['test.pass'], ['test.complete'])];

async function start(): Promise<Scene> {
  const engine = await startEngine({ flows });
  const tray = openPoisonReader({ path: join(engine.folder, 'ledger.db') });
  if (tray === undefined) throw new Error('there is no ledger');
  started.push({ engine, tray });
  const desk = createPoisonDesk({
    ledger: engine.ledger,
    source: tray,
    broker: engine.broker,
    clock: engine.clock,
    log: { info: () => undefined, warn: () => undefined },
    redactText: (text) => text.replaceAll('hush-hush', '***'),
    isHeld: (entryId) => engine.engine.isHeld(entryId),
    resume: () => engine.engine.resumeTakenOver(),
  });
  return { ...engine, desk, tray };
}

/** A message that ran, and whose reply the broker refused: it lies in the tray, settled and unanswered. */
async function refuseReply(scene: Scene): Promise<number> {
  scene.broker.refuseSendsTo('/queue/secret');
  scene.call('bad', { a: 1 }, { 'reply-to': '/queue/secret' });
  await scene.until(() => scene.broker.settledIds.length === 1 && scene.engine.getStatus().messagesInHand === 0);
  await scene.clock.advance(600);
  return scene.tray.list({ limit: 1 })[0]?.id ?? 0;
}

/** A message that cannot be read: it lies in the tray, settled and answered with an error. */
async function putUnreadable(scene: Scene): Promise<number> {
  scene.put('bad', '{"function": oops', address);
  await scene.until(() => scene.broker.settledIds.length === 1 && scene.engine.getStatus().messagesInHand === 0);
  await scene.clock.advance(600);
  return scene.tray.list({ limit: 1 })[0]?.id ?? 0;
}

function toJudged(found: FoundPoison | null) {
  if (found === null) throw new Error('it is not in the tray');
  return { entry: found.entry, code: found.message.code, headers: found.message.raw.headers };
}

const refusal = (text: RegExp) => expect.objectContaining({ code: 'ENGINE_POISON_REFUSED', message: expect.stringMatching(text) });

test('[engine V1] a message is dropped from the tray, and nothing else happens', async () => {
  const scene = await start();
  const id = await putUnreadable(scene);
  scene.desk.drop(id);
  expect([scene.ledger.count().poison, scene.broker.sent.length]).toEqual([0, 1]);
  expect(() => scene.desk.drop(id)).toThrow(expect.objectContaining({ code: 'ENGINE_POISON_UNKNOWN' }));
});

test('[engine V2] a message without a confirmed answer is answered with one error, without secrets, and leaves the tray', async () => {
  const scene = await start();
  const id = await refuseReply(scene);
  scene.broker.allowSendsTo('/queue/secret');
  await scene.desk.answer(id, 'closed by hand, hush-hush');
  const sent = scene.broker.sent.filter(({ destination }) => destination === '/queue/secret');
  expect(sent.map(({ headers, body }) => [headers['correlation-id'], JSON.parse(body)])).toEqual([
    ['cid-bad', expect.objectContaining({ message_type: 1, complete: true, message: 'closed by hand, ***' })],
  ]);
  expect(scene.ledger.count()).toMatchObject({ poison: 0, open: 0, inDoubt: 0 });
});

test('[engine V2] a message that has its answer, or names no place for one, is not answered', async () => {
  const scene = await start();
  const id = await putUnreadable(scene);
  await expect(scene.desk.answer(id)).rejects.toEqual(refusal(/has its answer/));
  scene.put('nobody', '{"function": oops', { 'correlation-id': 'x' });
  await scene.until(() => scene.broker.settledIds.length === 2 && scene.engine.getStatus().messagesInHand === 0);
  await scene.clock.advance(600);
  await expect(scene.desk.answer(scene.tray.list({ limit: 1 })[0]?.id ?? 0)).rejects.toEqual(refusal(/no reply-to/));
  expect(scene.broker.sent).toHaveLength(1);
});

test('[engine V2] an answer that the broker refuses can be tried again; one of which nobody knows is never repeated', async () => {
  const scene = await start();
  const id = await refuseReply(scene);
  await expect(scene.desk.answer(id)).rejects.toMatchObject({ code: 'SOAR_BROKER_NOT_AUTHORIZED' });
  expect(scene.tray.find(id)?.entry?.reply).toBe('saved');
  scene.broker.allowSendsTo('/queue/secret');
  scene.broker.loseReceipts(1);
  await expect(scene.desk.answer(id)).rejects.toMatchObject({ code: 'SOAR_BROKER_CONNECTION_LOST' });
  await expect(scene.desk.answer(id)).rejects.toEqual(refusal(/sent and not confirmed/));
  expect(scene.broker.sent.filter(({ destination }) => destination === '/queue/secret')).toHaveLength(1);
});

test('[engine V3] a message that was not answered runs again as a further attempt of its run: finished writes stay, and its action completes', async () => {
  const scene = await start();
  const id = await refuseReply(scene);
  expect(scene.nodes.passed).toHaveLength(1);
  const { runId } = scene.tray.find(id)?.entry ?? {};
  scene.broker.allowSendsTo('/queue/secret');
  scene.desk.runAgain(id);
  await scene.until(() => scene.nodes.passed.length === 2 && scene.engine.getStatus().messagesInHand === 0);
  await scene.clock.advance(600);
  const attempts = scene.parts.filter(({ events }) => events.some(({ type }) => type === 'attempt.started'));
  expect(attempts.map(({ head, attempt }) => [head.runId, attempt])).toEqual([
    [runId, 1],
    [runId, 2],
  ]);
  expect(scene.eventTypes().filter((type) => type === 'step.reused')).toHaveLength(1);
  const sent = scene.broker.sent.filter(({ destination }) => destination === '/queue/secret');
  expect(sent.map(({ headers, body }) => [headers['correlation-id'], JSON.parse(body)])).toEqual([
    ['cid-bad', expect.objectContaining({ message_type: 0, complete: true })],
  ]);
  expect(scene.ledger.count()).toMatchObject({ poison: 0, open: 0, inDoubt: 0 });
});

test('[engine V3] a reply that is refused again lies in the tray again, and leaves once it is taken', async () => {
  const scene = await start();
  scene.desk.runAgain(await refuseReply(scene));
  await scene.until(() => scene.ledger.count().poison === 1 && scene.engine.getStatus().messagesInHand === 0);
  await scene.clock.advance(600);
  expect(scene.ledger.count()).toMatchObject({ open: 0 });
  scene.broker.allowSendsTo('/queue/secret');
  scene.desk.runAgain(scene.tray.list({ limit: 1 })[0]?.id ?? 0);
  await scene.until(() => scene.nodes.passed.length === 3 && scene.engine.getStatus().messagesInHand === 0);
  await scene.clock.advance(600);
  expect(scene.broker.sent.filter(({ destination }) => destination === '/queue/secret')).toHaveLength(1);
  expect(scene.ledger.count()).toMatchObject({ poison: 0, open: 0, inDoubt: 0 });
});

test('[engine V3] where a reply was confirmed or is in doubt, that of the further attempt is absorbed', async () => {
  const scene = await start();
  const id = await refuseReply(scene);
  scene.broker.allowSendsTo('/queue/secret');
  scene.broker.loseReceipts(1);
  await expect(scene.desk.answer(id)).rejects.toMatchObject({ code: 'SOAR_BROKER_CONNECTION_LOST' });
  expect(findPoisonChoices(toJudged(scene.tray.find(id))).runAgain.text).toMatch(/may have an answer.*not sent/);
  scene.desk.runAgain(id);
  await scene.until(() => scene.nodes.passed.length === 2 && scene.engine.getStatus().messagesInHand === 0);
  await scene.clock.advance(600);
  expect(scene.broker.sent.filter(({ destination }) => destination === '/queue/secret')).toHaveLength(1);
  expect(scene.ledger.count()).toMatchObject({ poison: 0, open: 0 });
});

test('[engine V3] what cannot be read the second time either lies in the tray again', async () => {
  const scene = await start();
  scene.desk.runAgain(await putUnreadable(scene));
  await scene.clock.advance(600);
  await scene.until(() => scene.ledger.count().poison === 1 && scene.ledger.count().open === 0);
  expect(scene.completions('bad')).toHaveLength(1);
});

test('[engine V3] a body that was not kept is not run, and a message is run by one decision only', async () => {
  const scene = await start();
  scene.broker.put({
    destination: 'actions.201.fn_models',
    messageId: 'big',
    headers: address,
    body: new Uint8Array(),
    oversizeBytes: 9e9,
  });
  await scene.until(() => scene.broker.settledIds.length === 1 && scene.engine.getStatus().messagesInHand === 0);
  await scene.clock.advance(600);
  const id = scene.tray.list({ limit: 1 })[0]?.id ?? 0;
  expect(() => scene.desk.runAgain(id)).toThrow(refusal(/not kept/));
  expect(scene.ledger.count().poison).toBe(1);
});
