/** Values nested deeper than this are refused: what prints and compares JSON recurses, and a stack overflow would end a process. */
export const maxJsonDepth = 200;

/** Whether lists and objects lie in each other more than `maxJsonDepth` times. */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth >= maxJsonDepth) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object' && isTooDeep(item, depth + 1)) return true;
    return false;
  }
  for (const item of Object.values(value)) if (typeof item === 'object' && isTooDeep(item, depth + 1)) return true;
  return false;
}
