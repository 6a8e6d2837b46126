/** The machine's own chance: numbers from 0 up to, and without, 1. Not for secrets. */
export function createSystemRandom(): () => number {
  return () => Math.random();
}
