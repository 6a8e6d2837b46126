import { permissionsOfRole, routes } from '@wirebook/api';
import { WirebookError } from '@wirebook/errors';
import { expect, test } from 'vitest';
import type { HandlerRequest } from '../http/route-handlers.ts';
import { createDeadLetterHandlers } from './dead-letter-handlers.ts';

const ask = (given: object) => ({ params: {}, query: {}, body: {}, user: { name: 'Ada' }, ...given }) as unknown as HandlerRequest<never>;
const page = { queue: 'ActiveMQ.DLQ', letters: [], isCut: false };

function createHandlers() {
  const asked: (string | null)[] = [];
  const audited: unknown[] = [];
  const handlers = createDeadLetterHandlers({
    engine: {
      askDeadLetters: async (messageId) => {
        asked.push(messageId);
        if (messageId === 'answered') throw new WirebookError('ENGINE_DEAD_LETTER_REFUSED', 'it was answered');
        return messageId === null ? { page } : { destination: 'actions.201.fn_main' };
      },
    },
    audit: { add: (line) => audited.push(line) },
  });
  return { handlers, asked, audited };
}

test('[N4] dead letters are listed and returned by the engine process; a return that was done is on record', async () => {
  const { handlers, asked, audited } = createHandlers();
  expect(await handlers.listDeadLetters(ask({}))).toEqual(page);
  expect(await handlers.giveBackDeadLetter(ask({ body: { messageId: 'ID:a' } }))).toEqual({ destination: 'actions.201.fn_main' });
  await expect(Promise.resolve(handlers.giveBackDeadLetter(ask({ body: { messageId: 'answered' } })))).rejects.toMatchObject({
    code: 'ENGINE_DEAD_LETTER_REFUSED',
  });
  expect(asked).toEqual([null, 'ID:a', 'answered']);
  expect(audited).toEqual([{ userName: 'Ada', action: 'dead-letter-return', subject: 'ID:a (to actions.201.fn_main)' }]);
});

test('[N4] a viewer looks at dead letters and returns none', () => {
  expect(permissionsOfRole.viewer).toContain(routes.listDeadLetters.permission);
  expect(permissionsOfRole.viewer).not.toContain(routes.giveBackDeadLetter.permission);
  expect(permissionsOfRole.editor).toContain(routes.giveBackDeadLetter.permission);
});
