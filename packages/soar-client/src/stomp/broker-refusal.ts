import { type ErrorDetails, WirebookError } from '@wirebook/errors';

/** What an ERROR frame says. */
export interface BrokerErrorText {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const longestQuote = 300;

/** The sentence of an ERROR frame that tells the cause, without the stack trace that ActiveMQ sends along. */
export function getBrokerText({ headers, body }: BrokerErrorText): string {
  const firstLine = (body.split('\n', 1)[0] ?? '').trim();
  const said = headers.message?.trim() || firstLine || 'no text';
  // A refused COMMIT names what was refused only as the last cause of its stack trace.
  const cause = findAuthorization({ headers, body });
  return (cause === undefined || said.includes(cause) ? said : `${said}; ${cause}`).slice(0, longestQuote);
}

/** Whether a refused COMMIT is known to have been rolled back. */
export function isRolledBack({ headers, body }: BrokerErrorText): boolean {
  return /roll(?:ed)?[ -]?back/i.test(`${headers.message ?? ''}\n${body}`);
}

/** Whether the broker gave up on the stream because something in it was too long; it closes the connection then. */
export function isFrameTooLong({ headers, body }: BrokerErrorText): boolean {
  return /maximum [a-z ]*(?:size|length) was exceeded/i.test(`${headers.message ?? ''}\n${body.slice(0, longestQuote)}`);
}

export interface RefusalOf {
  /** What was refused, as the start of a sentence. */
  readonly what: string;
  readonly otherwise: 'SOAR_TRANSACTION_REFUSED' | 'SOAR_BROKER_ERROR';
  readonly details?: ErrorDetails;
}

export function toRefusal(frame: BrokerErrorText, { what, otherwise, details }: RefusalOf): WirebookError {
  const code = findAuthorization(frame) === undefined ? otherwise : 'SOAR_BROKER_NOT_AUTHORIZED';
  return new WirebookError(code, `${what} was refused by the broker: ${getBrokerText(frame)}`, undefined, details);
}

function findAuthorization({ headers, body }: BrokerErrorText): string | undefined {
  return /[^\n:]*\bnot authorized to [^\n]*/i.exec(`${headers.message ?? ''}\n${body}`)?.[0].trim();
}
