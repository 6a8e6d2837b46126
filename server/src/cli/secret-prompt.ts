import { createInterface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';

interface SecretPromptOptions {
  readonly input: Readable & { readonly isTTY?: boolean };
  /** Gets the question when a person is asked. */
  readonly output: Writable;
  readonly signal: AbortSignal;
}

/** Reads a line for each question: at a terminal without showing it, from a pipe as it comes. Opens the input with the first question. */
export function createSecretPrompt({ input, output, signal }: SecretPromptOptions): (question: string) => Promise<string | null> {
  let lines: AsyncIterator<string> | undefined;

  function openLines(): AsyncIterator<string> {
    const isPerson = input.isTTY === true;
    const shownNowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const reader = createInterface({ input, output: isPerson ? shownNowhere : undefined, terminal: isPerson, signal });
    // At a terminal Ctrl+C reaches the reader and not the process.
    reader.on('SIGINT', () => reader.close());
    return reader[Symbol.asyncIterator]();
  }

  return async (question) => {
    // First: what is typed before the terminal is told not to show it would be seen.
    lines ??= openLines();
    if (input.isTTY === true) output.write(`${question}: `);
    const { done, value } = await lines.next();
    if (input.isTTY === true) output.write('\n');
    return done === true ? null : value;
  };
}
