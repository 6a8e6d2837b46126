import { createFakeClock } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { createAnswerDesk } from './answer-desk.ts';

const options = { withinMs: 100, otherwise: 'nothing' };

test('[B13] an answer goes to the question of its number; a late or unknown one goes nowhere', async () => {
  const clock = createFakeClock();
  const desk = createAnswerDesk<string>({ clock });
  const ids: number[] = [];
  const first = desk.ask((id) => ids.push(id), options);
  const second = desk.ask((id) => ids.push(id), options);
  desk.answer(ids[1] ?? 0, 'b');
  desk.answer(99, 'x');
  await clock.advance(100);
  expect(await Promise.all([first, second])).toEqual(['nothing', 'b']);
  desk.answer(ids[0] ?? 0, 'late');
});

test('[B13] who waits when the other process ends is answered at once', async () => {
  const desk = createAnswerDesk<string>({ clock: createFakeClock() });
  const waiting = desk.ask(() => undefined, options);
  desk.answerAll('gone');
  expect(await waiting).toBe('gone');
});
