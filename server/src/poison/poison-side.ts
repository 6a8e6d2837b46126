import { WirebookError } from '@wirebook/errors';
import { type AuditTable, openPoisonReader, type PoisonReader } from '@wirebook/store';
import type { EngineProcess } from '../engine-host/engine-process.ts';
import type { RouteHandlers } from '../http/route-handlers.ts';
import { toPoisonDetail, toPoisonSummary } from './poison-view.ts';

type PoisonRoute = 'listPoison' | 'getPoison' | 'getPoisonBody' | 'dropPoison' | 'answerPoison' | 'runPoisonAgain';

export interface PoisonSideOptions {
  readonly engine: Pick<EngineProcess, 'decidePoison'>;
  /** Of the ledger of the engine, which alone writes it. */
  readonly path: string;
  readonly audit: Pick<AuditTable, 'add'>;
}

/** The poison tray for people: read here, changed by the engine process. */
export interface PoisonSide {
  readonly handlers: Pick<RouteHandlers, PoisonRoute>;
  close(): void;
}

const defaultLimit = 50;
const longestLimit = 200;

export function createPoisonSide({ engine, path, audit }: PoisonSideOptions): PoisonSide {
  let reader: PoisonReader | undefined;

  /** There is no file before the first start of the engine. */
  function open(): PoisonReader | undefined {
    reader ??= openPoisonReader({ path });
    return reader;
  }

  function get(poisonId: string) {
    const found = open()?.find(readNumber('poisonId', poisonId, Number.MAX_SAFE_INTEGER));
    if (found === undefined || found === null)
      throw new WirebookError('ENGINE_POISON_UNKNOWN', `there is no message ${poisonId} in the poison tray`);
    return found;
  }

  async function decide(
    poisonId: string,
    { action, text = null, by }: { readonly action: 'drop' | 'answer' | 'run-again'; readonly text?: string | null; readonly by: string },
  ): Promise<undefined> {
    const { message } = get(poisonId);
    await engine.decidePoison({ action, poisonId: message.id, text });
    audit.add({ userName: by, action: `poison-${action}`, subject: `${message.key.messageId} (${message.code})` });
    return undefined;
  }

  return {
    handlers: {
      listPoison: ({ query }) => {
        const tray = open();
        const limit = query.limit === undefined ? defaultLimit : readNumber('limit', query.limit, longestLimit);
        const beforeId = query.before === undefined ? undefined : readNumber('before', query.before, Number.MAX_SAFE_INTEGER);
        const rows = tray?.list({ limit: limit + 1, beforeId }) ?? [];
        const page = rows.slice(0, limit);
        const { messages: total, dropped } = tray?.counts() ?? { messages: 0, dropped: 0 };
        return { messages: page.map(toPoisonSummary), total, dropped, next: rows.length > limit ? String(page.at(-1)?.id) : null };
      },
      getPoison: ({ params }) => toPoisonDetail(get(params.poisonId)),
      getPoisonBody: ({ params }) => {
        const { message } = get(params.poisonId);
        return { fileName: `message-${message.id}.bin`, bytes: message.raw.body };
      },
      dropPoison: ({ params, user }) => decide(params.poisonId, { action: 'drop', by: user.name }),
      answerPoison: ({ params, body, user }) => decide(params.poisonId, { action: 'answer', text: body.text ?? null, by: user.name }),
      runPoisonAgain: ({ params, user }) => decide(params.poisonId, { action: 'run-again', by: user.name }),
    },
    close: () => reader?.close(),
  };
}

function readNumber(name: string, text: string, most: number): number {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= most) return number;
  throw new WirebookError('SERVER_REQUEST_INVALID', `"${name}" in the address: expected a whole number from 1 to ${most}`);
}
