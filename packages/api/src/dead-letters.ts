import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

/** A message that the broker gave up on and put into the dead-letter queue. */
export interface DeadLetterView {
  readonly messageId: string;
  /** Null when the broker does not tell it: then it cannot be returned. */
  readonly originalDestination: string | null;
  /** When it was first sent; null when the broker does not tell it. */
  readonly sentAtMs: number | null;
  /** Of the body. */
  readonly sizeBytes: number;
  /** Tokens are masked, long values cut. */
  readonly headers: Readonly<Record<string, string>>;
  /** The first bytes of the body, base64. */
  readonly bodyBase64: string;
  readonly isBodyCut: boolean;
  /** What a return would do, or why there is none. */
  readonly giveBack: { readonly isPossible: boolean; readonly text: string };
}

export interface DeadLetterPage {
  /** The dead-letter queue, as app.config names it. */
  readonly queue: string;
  /** Oldest first, at most 200. */
  readonly letters: readonly DeadLetterView[];
  /** The queue holds more. */
  readonly isCut: boolean;
}

export const giveBackDeadLetterSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['messageId'],
  properties: { messageId: { type: 'string', minLength: 1, maxLength: 1000 } },
} as const satisfies JSONSchema;
export type GiveBackDeadLetterBody = FromSchema<typeof giveBackDeadLetterSchema>;
