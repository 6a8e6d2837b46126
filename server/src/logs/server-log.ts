import type { HttpLog } from '../http/http-log.ts';
import type { LogFile } from './log-file.ts';

export interface ServerLogOptions {
  /** One line for the person at the terminal. */
  readonly complain: (line: string) => void;
  /** Null: there is none. */
  readonly file: LogFile | null;
  readonly redactText: (text: string) => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Where the lines of the server and those of its engine process go: a person sees warnings and errors, the file has all. */
export interface ServerLog extends HttpLog {
  /** A line that the engine process wrote, usually JSON. */
  takeEngineLine(line: string): void;
}

const levels = { warn: 40, error: 50 } as const;

export function createServerLog({ complain, file, redactText, now }: ServerLogOptions): ServerLog {
  function writeRecord(record: {
    readonly level: number;
    readonly from: string;
    readonly msg: string;
    readonly facts?: object | undefined;
  }) {
    const { level, from, msg, facts } = record;
    file?.write(redactText(JSON.stringify({ level, time: new Date(now()).toISOString(), from, ...facts, msg })));
  }

  function say(level: keyof typeof levels): HttpLog['warn'] {
    return (text, facts) => {
      complain(`server: ${redactText(text)}`);
      writeRecord({ level: levels[level], from: 'server', msg: text, facts });
    };
  }

  return {
    warn: say('warn'),
    error: say('error'),
    takeEngineLine: (line) => {
      const record = readRecord(line);
      if (record === null) {
        complain(`engine: ${line}`);
        writeRecord({ level: levels.error, from: 'engine', msg: line });
        return;
      }
      // It went through the redaction of the engine.
      file?.write(line);
      if (record.level >= levels.warn) complain(`engine: ${record.msg}`);
    },
  };
}

function readRecord(line: string): { readonly level: number; readonly msg: string } | null {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed !== 'object' || parsed === null) return null;
    const level: unknown = Reflect.get(parsed, 'level');
    return { level: typeof level === 'number' ? level : 0, msg: String(Reflect.get(parsed, 'msg')) };
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}
