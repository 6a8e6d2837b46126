/** What the server said of a request that it refused, or why it was not reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** Code of the error catalogue; `SERVER_NOT_REACHED` when there was no answer. */
  readonly code: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly hint: string;
  /** The whole answer, for those that carry more than the error. */
  readonly answer: unknown;

  constructor(options: {
    readonly code: string;
    readonly message: string;
    readonly status: number;
    readonly hint?: string;
    readonly answer?: unknown;
  }) {
    super(options.message);
    this.code = options.code;
    this.status = options.status;
    this.hint = options.hint ?? '';
    this.answer = options.answer;
  }
}

/** What a person is told; never empty. */
export function describeFailure(thrown: unknown): string {
  if (thrown instanceof ApiError) return `${toSentence(thrown.message)} ${thrown.hint}`.trimEnd();
  return toSentence(thrown instanceof Error ? thrown.message : String(thrown));
}

/** Messages of the catalogue are parts of a line in a log; for people they begin and end like a sentence. */
function toSentence(message: string): string {
  const text = message.trim();
  const sentence = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  return /[.!?…:]$/.test(sentence) ? sentence : `${sentence}.`;
}
