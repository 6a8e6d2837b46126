import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { ConfigOf, PlatformAccount, WriteCheck, WriteCheckContext } from '@wirebook/node-kit';
import { findText, joinBlanks, toLetters, toPlainText } from '../plain-text.ts';
import type { soarNoteAdd } from './descriptor.ts';

type NoteConfig = ConfigOf<typeof soarNoteAdd>;

/** How far the clocks of engine and platform may be apart. */
const clockSkewMs = 300_000;

/**
 * Looks among the notes of the incident for the one that the step would have written. Notes that could be taken for it are kept before
 * the write.
 */
export const noteCheck: WriteCheck<NoteConfig, 'out'> = {
  mark: async (context) => {
    const candidates = await findCandidates(context, context.clock.now());
    return { idsBefore: candidates.map(({ note }) => note.id ?? null) };
  },
  find: async (context, { intendedAtMs, mark }) => {
    const idsBefore: readonly JsonValue[] | undefined = isJsonObject(mark) && Array.isArray(mark.idsBefore) ? mark.idsBefore : undefined;
    if (idsBefore === undefined) return { written: 'unknown', reason: 'it is not on record which notes were there before' };
    const { incidentId } = context.config;
    const candidates = (await findCandidates(context, intendedAtMs)).filter(({ note }) => !idsBefore.includes(note.id ?? null));
    const same = candidates.filter(({ likeness }) => likeness === 'same');
    const [found] = same;
    if (same.length > 1) return { written: 'unknown', reason: `incident ${incidentId} has ${same.length} such notes since then` };
    if (found !== undefined && typeof found.note.create_date !== 'number') {
      return { written: 'unknown', reason: `note ${JSON.stringify(found.note.id)} has the text, and no time at which it was made` };
    }
    if (found !== undefined) return { written: true, emissions: [{ port: 'out', message: found.note }] };
    const [close] = candidates;
    if (close === undefined) return { written: false };
    return { written: 'unknown', reason: `note ${JSON.stringify(close.note.id)} differs from the text only in signs, blanks or markup` };
  },
};

interface Candidate {
  readonly note: JsonObject;
  /** close: the platform may have made this of the text, or not. */
  readonly likeness: 'same' | 'close';
}

/** Notes with the text, not by another account, made since then as far as the clocks agree. */
async function findCandidates({ config, services }: WriteCheckContext<NoteConfig>, sinceMs: number): Promise<readonly Candidate[]> {
  const { platform } = services;
  const path = `/incidents/${config.incidentId}/comments`;
  const { body } = await platform.request({ method: 'GET', path });
  if (!Array.isArray(body)) throw new WirebookError('SOAR_RESPONSE_INVALID', `GET ${path}: the answer is no list of notes`);
  return body.filter(isJsonObject).flatMap((note) => {
    const { create_date: madeAtMs } = note;
    if (!mayBeOwn(note, platform.catalogue.account) || (typeof madeAtMs === 'number' && madeAtMs < sinceMs - clockSkewMs)) return [];
    const likeness = compareText(config, note);
    return likeness === 'other' ? [] : [{ note, likeness }];
  });
}

/** False when the note says that another account made it. */
function mayBeOwn(note: JsonObject, account: PlatformAccount | null): boolean {
  if (account === null) return true;
  const { creator_principal: creator, user_id: userId } = note;
  if (isJsonObject(creator) && typeof creator.id === 'number' && typeof creator.type === 'string') {
    return creator.type === account.type && creator.id === account.id;
  }
  // Which id stands here for a note of an API key is not known.
  return account.type !== 'user' || typeof userId !== 'number' || userId === account.id;
}

function compareText({ text, format }: NoteConfig, note: JsonObject): 'same' | 'close' | 'other' {
  const kept = findText(note.text);
  if (kept === undefined) return 'close';
  const wanted = format === 'html' ? toPlainText(text) : joinBlanks(text);
  // A platform that keeps text as text has no markup to take out.
  if (kept === text || toPlainText(kept) === wanted) return 'same';
  return toLetters(toPlainText(kept)) === toLetters(wanted) ? 'close' : 'other';
}
