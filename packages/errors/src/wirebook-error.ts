import { type ErrorCode, errorCatalogue, isErrorCode } from './error-catalogue.ts';

/** Facts beside the message that a program may read: plain JSON only, never credentials. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** An error as plain data: what crosses processes, goes into traces and replies. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: ErrorDetails;
}

/** The one error class of the product. Never extended: the code tells the kinds apart. */
export class WirebookError extends Error {
  override readonly name = 'WirebookError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, message: string, cause?: unknown, details?: ErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  get blame(): 'author' | 'world' | 'us' {
    return errorCatalogue[this.code].blame;
  }

  get retryable(): boolean {
    return errorCatalogue[this.code].retryable;
  }

  get hint(): string {
    return errorCatalogue[this.code].hint;
  }
}

/**
 * Turns whatever was thrown into a coded error; a coded one passes through unchanged.
 *
 * @param fallback the code for anything that carries none.
 */
export function toWirebookError(thrown: unknown, fallback: ErrorCode): WirebookError {
  if (thrown instanceof WirebookError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new WirebookError(fallback, message, thrown);
}

export function toErrorRecord(error: WirebookError): ErrorRecord {
  return error.details === undefined
    ? { code: error.code, message: error.message }
    : { code: error.code, message: error.message, details: error.details };
}

/** The coded error that a record from another process or a file describes. */
export function fromErrorRecord(record: { code: string; message: string; details?: ErrorDetails | undefined }): WirebookError {
  const code = isErrorCode(record.code) ? record.code : 'ENGINE_INVARIANT_BROKEN';
  return new WirebookError(code, record.message, undefined, record.details);
}
