import type { ProcessEnvironment } from '../process-environment.ts';

/** What a command reads and writes; handed in so that tests can run one in process. */
export interface CommandIo {
  readonly environment: ProcessEnvironment;
  /** One line of result. */
  readonly print: (line: string) => void;
  /** One line for the person at the terminal. */
  readonly complain: (line: string) => void;
  /** The next line that the person at the terminal types, without showing it, or that comes in by a pipe; null when there is none. */
  readonly askSecret?: (question: string) => Promise<string | null>;
  /** The password of an e-mail, from the person at the terminal; undefined or null when there is no person. */
  readonly askPassword?: ((email: string) => Promise<string | null>) | undefined;
  /** Aborts when the process is asked to end. */
  readonly signal: AbortSignal;
}
