import { setImmediate } from 'node:timers/promises';

/** Resolves when every promise that can settle without time, files or network has done so. */
export async function letPromisesSettle(): Promise<void> {
  await setImmediate();
}
