import { WirebookError } from '@wirebook/errors';

export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly hint: string | null;
}

/**
 * The error that REST answers with a status and the platform's error body.
 *
 * @param hint the one entry of the body's `hints`, such as `field_defs`.
 */
export function refusal(status: number, message: string, hint: string | null = null): WirebookError {
  return new WirebookError('SIMULATOR_REST_REFUSED', message, undefined, { status, hint });
}

/** What a thrown value means for a REST client; undefined when it is no refusal. */
export function findRefusal(thrown: unknown): Refusal | undefined {
  if (!(thrown instanceof WirebookError) || thrown.code !== 'SIMULATOR_REST_REFUSED') return undefined;
  const status = thrown.details?.status;
  const hint = thrown.details?.hint;
  return { status: typeof status === 'number' ? status : 500, message: thrown.message, hint: typeof hint === 'string' ? hint : null };
}
