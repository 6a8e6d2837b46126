import { getErrorEntry, WirebookError } from '@wirebook/errors';
import { exitCodes } from '../cli/exit-codes.ts';

export interface EngineEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** What the process said before it ended. */
  readonly failure: WirebookError | null;
}

/** Ends that another start does not cure: somebody has to change the configuration or the platform. */
export const incurableExitCodes: ReadonlySet<number> = new Set([
  exitCodes.usage,
  exitCodes.config,
  exitCodes.loginRefused,
  exitCodes.tls,
  exitCodes.organisation,
  exitCodes.brokerLoginRefused,
]);

const afterwards = 'Messages that it had in hand are delivered again; finished writes are not repeated, and no action is answered twice.';

/** What happened and what becomes of the messages, in words for people. */
export function describeEnd({ code, signal, failure }: EngineEnd, restartInMs: number): string {
  const next = `It starts again in ${formatSeconds(restartInMs)}.`;
  if (failure !== null) return `The engine could not start: ${withStop(failure.message)} ${failure.hint} ${next}`;
  if (signal !== null) return `The engine process was ended by ${signal}. ${afterwards} ${next}`;
  if (code === exitCodes.crashed) {
    return `The engine process ended itself after an error that no step owns (exit code ${code}); its log tells which. ${afterwards} ${next}`;
  }
  return `The engine process ended (exit code ${code}). ${afterwards} ${next}`;
}

/** The error that tells why no engine runs, and what to do. */
export function toEndError({ code, signal, failure }: EngineEnd): WirebookError {
  return (
    failure ??
    new WirebookError('ENGINE_PROCESS_FAILED', `the engine process ended (${signal ?? `exit code ${code}`}) and is not started again`)
  );
}

export function describeRefusal(error: WirebookError): string {
  return `${withStop(error.message)} ${getErrorEntry(error.code).hint}`;
}

export function describeFailure(error: WirebookError): string {
  return `${describeRefusal(error)} The engine starts again with the next deployment, or when app.config is changed.`;
}

function withStop(text: string): string {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function formatSeconds(durationMs: number): string {
  const seconds = durationMs / 1000;
  return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(1)} s`;
}
