/** Set for the child by whoever supervises it: the signal that ended the process before. */
export const lastEndVariable = 'WIREBOOK_LAST_END';

/** Ends that the process brings about itself; SIGKILL and SIGTERM come from outside. */
const nativeSignals: ReadonlySet<string> = new Set(['SIGABRT', 'SIGSEGV', 'SIGILL', 'SIGBUS', 'SIGFPE', 'SIGTRAP']);

export function isNativeEnd(signal: string | null | undefined): boolean {
  return typeof signal === 'string' && nativeSignals.has(signal);
}
