import type { JsonObject } from '@wirebook/errors';
import { defineNode, type PlatformAccount } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { noteCheck } from './check-note.ts';
import { soarNoteAdd } from './descriptor.ts';
import { executeNoteAdd } from './execute.ts';

const node = defineNode(soarNoteAdd, executeNoteAdd, noteCheck);
const intendedAtMs = 1_000_000_000;
const text = 'Ticket "SD-1" < opened & read\nby Jo';
const account: PlatformAccount = { type: 'apikey', id: 7 };
const note: JsonObject = { id: 9, create_date: intendedAtMs, text: 'Ticket &quot;SD-1&quot; &lt; opened &amp; read<br />by Jo' };

function check(notes: readonly unknown[], config: JsonObject = {}, by: PlatformAccount | undefined = account) {
  const bench = testNode(node, { incidentId: 5, text, ...config }, { catalogue: by === undefined ? {} : { account: by } });
  bench.platform.answer('GET', '/incidents/5/comments', { body: notes as JsonObject[] });
  return bench.check({ intendedAtMs, mark: { idsBefore: [2] } });
}

test.each([
  ['as rich text', note],
  ['as plain text', { ...note, text }],
  ['as an object', { ...note, text: { format: 'html', content: `<div>${note.text}</div>` } }],
  ['made five minutes before, by the clock of the platform', { ...note, create_date: intendedAtMs - 300_000 }],
  ['made by this account', { ...note, creator_principal: { type: 'apikey', id: 7 } }],
  ['whose user id says nothing about an API key', { ...note, user_id: 1 }],
])('[N28] a note with the text %s is the one of the step', async (_, kept) => {
  expect(await check([{ id: 1, create_date: intendedAtMs, text: 'another' }, kept])).toEqual({
    written: true,
    emissions: [{ port: 'out', message: kept }],
  });
});

test.each([
  ['older than five minutes before', { ...note, create_date: intendedAtMs - 300_001 }],
  ['of another account', { ...note, creator_principal: { type: 'apikey', id: 8 } }],
  ['of a user with the same number', { ...note, creator_principal: { type: 'user', id: 7 } }],
  ['with another text', { ...note, text: 'Ticket SD-2 opened and read by Jo' }],
])('[N28] a note %s is not', async (_, kept) => {
  expect(await check([kept])).toEqual({ written: false });
});

test('[N28] for a login with a password the user id tells whose note it is', async () => {
  expect(await check([{ ...note, user_id: 8 }], {}, { type: 'user', id: 7 })).toEqual({ written: false });
  expect(await check([{ ...note, user_id: 7 }], {}, { type: 'user', id: 7 })).toMatchObject({ written: true });
  expect(await check([{ ...note, user_id: 8 }], {}, undefined)).toMatchObject({ written: true });
});

test('[N28] rich text is compared by what a reader sees', async () => {
  const config = { format: 'html', text: '<p>Opened <b>SD&#45;1</b></p>' };
  expect(await check([{ ...note, text: '<div>Opened <strong>SD&#x2d;1</strong></div>' }], config)).toMatchObject({ written: true });
});

test.each([
  ['several notes', [note, { ...note, id: 10 }], 'incident 5 has 2 such notes since then'],
  ['a note without a time', [{ ...note, create_date: null }], 'note 9 has the text, and no time at which it was made'],
  ['a note with other signs', [{ ...note, text: 'ticket SD-1 opened, read by Jo!' }], 'note 9 differs from the text only in'],
  ['a note without a text', [{ ...note, text: null }], 'note 9 differs from the text only in'],
])('[N28] with %s it cannot be told', async (_, notes, reason) => {
  expect(await check(notes)).toEqual({ written: 'unknown', reason: expect.stringContaining(reason) });
});

test('[N28] notes that could be taken for it are kept before the write, and are not it', async () => {
  const bench = testNode(node, { incidentId: 5, text });
  const notes = [
    { ...note, id: 2, create_date: bench.clock.now() - 200_000 },
    { ...note, id: 3 },
    { id: 4, text: 'other' },
  ];
  bench.platform.answer('GET', '/incidents/5/comments', { body: notes });
  expect(await bench.mark()).toEqual({ idsBefore: [2] });
  expect(await check([{ ...note, id: 2 }])).toEqual({ written: false });
  expect(await check([{ ...note, id: 2 }, note])).toMatchObject({ written: true });
});

test('[N28] without the mark it cannot be told', async () => {
  const bench = testNode(node, { incidentId: 5, text });
  expect(await bench.check({ intendedAtMs, mark: null })).toMatchObject({ written: 'unknown' });
});

test('[N28] an answer that is no list is an error', async () => {
  const bench = testNode(node, { incidentId: 5, text });
  bench.platform.answer('GET', '/incidents/5/comments', { body: { comments: [] } });
  await expect(bench.check({ intendedAtMs, mark: { idsBefore: [] } })).rejects.toMatchObject({ code: 'SOAR_RESPONSE_INVALID' });
});
