import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

/** Whether something may be done about a message, and what it would do or why it may not, in words. */
export interface PoisonChoiceView {
  readonly isPossible: boolean;
  readonly text: string;
}

/** A message that could not be read, answered or run; it is settled. */
export interface PoisonSummary {
  readonly id: number;
  readonly destination: string;
  readonly messageId: string;
  /** Of its run, as far as the ledger knows. */
  readonly runId: string | null;
  readonly code: string;
  readonly reason: string;
  /** What to do, by the code. */
  readonly hint: string;
  readonly atMs: number;
  /** Of the body. */
  readonly sizeBytes: number;
  readonly answer: PoisonChoiceView;
  readonly runAgain: PoisonChoiceView;
}

export interface PoisonPage {
  /** Newest first. */
  readonly messages: readonly PoisonSummary[];
  /** In the tray. */
  readonly total: number;
  /** That went because the tray was full, since the ledger was made. */
  readonly dropped: number;
  /** `before` of the next page; null at the end. */
  readonly next: string | null;
}

export interface PoisonDetail extends PoisonSummary {
  /** The context token is masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** The first bytes of the body, base64. */
  readonly bodyBase64: string;
  readonly isBodyCut: boolean;
}

export interface ListPoisonQuery {
  readonly before?: string;
  /** 1 to 200; 50 unless given. */
  readonly limit?: string;
}

export const answerPoisonSchema = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: { text: { type: 'string', maxLength: 2000 } },
} as const satisfies JSONSchema;
/** Without a text the platform is told the reason for which the message lies in the tray. */
export type AnswerPoisonBody = FromSchema<typeof answerPoisonSchema>;

/** The answer of a route that gives a file instead of JSON: saved by the browser, never shown. */
export interface FileAnswer {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}
