import type { DeadLetterPage, DeadLetterView } from '@wirebook/api';
import { WirebookError } from '@wirebook/errors';
import { type BrokerConnectionOptions, createDeadLetterQueue, type DeadLetter, type DeadLetterQueue } from '@wirebook/soar-client';
import type { PoisonReader } from '@wirebook/store';
import { maskHeaders } from '../poison/poison-view.ts';

type Surroundings = 'clock' | 'random' | 'log';

export interface DeadLetterDeskOptions extends Pick<BrokerConnectionOptions, Surroundings> {
  /** Of the queue; null: app.config names none. */
  readonly name: string | null;
  readonly broker: Omit<BrokerConnectionOptions, Surroundings>;
  /** Tells what is known of a message; null: there is no ledger. */
  readonly ledger: Pick<PoisonReader, 'findEntry'> | null;
}

/** Shows dead letters and returns them, unless the ledger tells that it would answer twice. */
export interface DeadLetterDesk {
  /** @throws ENGINE_DEAD_LETTERS_UNSET, ENGINE_DEAD_LETTERS_FORBIDDEN, and what keeps the broker from answering. */
  list(): Promise<DeadLetterPage>;
  /** @throws ENGINE_DEAD_LETTERS_UNSET, ENGINE_DEAD_LETTER_UNKNOWN, ENGINE_DEAD_LETTER_REFUSED, ENGINE_DEAD_LETTERS_FORBIDDEN */
  giveBack(messageId: string): Promise<{ readonly destination: string }>;
}

const listBounds = { maxCount: 200, maxBytes: 32 * 1_048_576 };
const mostShownBytes = 1024;
const mostHeaders = 40;
const longestHeader = 500;

export function createDeadLetterDesk({ name, broker, ledger, ...surroundings }: DeadLetterDeskOptions): DeadLetterDesk {
  const brokerHost = `${broker.host}:${broker.port}`;
  const opened = name === null ? null : { name, queue: createDeadLetterQueue({ ...broker, ...surroundings, queue: name }) };

  function requireQueue(): { readonly queue: DeadLetterQueue; readonly name: string } {
    if (opened !== null) return opened;
    throw new WirebookError('ENGINE_DEAD_LETTERS_UNSET', 'no dead-letter queue is named in app.config, so nobody looks at dead letters');
  }

  function judge(letter: DeadLetter): DeadLetterView['giveBack'] {
    const { originalDestination: destination, messageId } = letter;
    if (destination === null) return no('The broker does not tell where it came from.');
    if (!letter.isBodyKept) return no('It has more bytes than max_message_bytes of app.config.');
    const entry = ledger?.findEntry({ brokerHost, destination, messageId }) ?? null;
    if (entry?.reply === 'confirmed')
      return no('The platform has its answer: a completing reply was confirmed, and a second run would answer it again.');
    if (entry?.reply === 'in-doubt')
      return no('A completing reply was sent and not confirmed. A second one could answer twice: look at Action Status on the platform.');
    const known = entry === null || entry.run === 'none' ? '' : ' An earlier run of it began here; what that wrote is written again.';
    return { isPossible: true, text: `It goes back to ${destination} as a new message, and a new run takes it.${known}` };
  }

  return {
    list: async () => {
      const of = requireQueue();
      const { letters, isCut } = await of.queue.list(listBounds);
      return { queue: of.name, letters: letters.map((letter) => toView(letter, judge(letter))), isCut };
    },
    giveBack: async (messageId) =>
      requireQueue().queue.giveBack(messageId, (letter) => {
        const { isPossible, text } = judge(letter);
        if (!isPossible) throw new WirebookError('ENGINE_DEAD_LETTER_REFUSED', `dead letter ${messageId}: ${text}`);
      }),
  };
}

function no(text: string): DeadLetterView['giveBack'] {
  return { isPossible: false, text };
}

function toView(letter: DeadLetter, giveBack: DeadLetterView['giveBack']): DeadLetterView {
  const { messageId, originalDestination, sizeBytes, body } = letter;
  const sentAtMs = Number(letter.headers.timestamp);
  const headers = Object.entries(letter.headers)
    .slice(0, mostHeaders)
    .map(([name, value]) => [name.slice(0, longestHeader), value.slice(0, longestHeader)]);
  return {
    messageId,
    originalDestination,
    sentAtMs: Number.isSafeInteger(sentAtMs) && sentAtMs > 0 ? sentAtMs : null,
    sizeBytes,
    headers: maskHeaders(Object.fromEntries(headers)),
    bodyBase64: Buffer.from(body.subarray(0, mostShownBytes)).toString('base64'),
    isBodyCut: sizeBytes > Math.min(body.byteLength, mostShownBytes),
    giveBack,
  };
}
