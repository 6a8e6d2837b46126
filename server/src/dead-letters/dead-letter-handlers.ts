import { WirebookError } from '@wirebook/errors';
import type { AuditTable } from '@wirebook/store';
import type { EngineProcess } from '../engine-host/engine-process.ts';
import type { RouteHandlers } from '../http/route-handlers.ts';

export interface DeadLetterHandlersOptions {
  readonly engine: Pick<EngineProcess, 'askDeadLetters'>;
  readonly audit: Pick<AuditTable, 'add'>;
}

/** Dead letters for the browser: looked at and returned by the engine process. */
export function createDeadLetterHandlers({
  engine,
  audit,
}: DeadLetterHandlersOptions): Pick<RouteHandlers, 'listDeadLetters' | 'giveBackDeadLetter'> {
  return {
    listDeadLetters: async () => {
      const answer = await engine.askDeadLetters(null);
      if ('page' in answer) return answer.page;
      throw new WirebookError('ENGINE_INVARIANT_BROKEN', 'the engine process answered a list of dead letters with a return');
    },
    giveBackDeadLetter: async ({ body, user }) => {
      const answer = await engine.askDeadLetters(body.messageId);
      if (!('destination' in answer))
        throw new WirebookError('ENGINE_INVARIANT_BROKEN', 'the engine process answered a return of a dead letter with a list');
      audit.add({ userName: user.name, action: 'dead-letter-return', subject: `${body.messageId} (to ${answer.destination})` });
      return answer;
    },
  };
}
