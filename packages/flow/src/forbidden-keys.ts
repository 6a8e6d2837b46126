export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor']);

/** Deeper documents are refused: nothing that a person makes comes near, and readers of the document may recurse. */
const maxDepth = 100;

/**
 * The places in a JSON value that no flow may have: keys that reach the prototype of an object, and nesting beyond all need. Each is
 * one sentence with a path like `nodes[3].config.__proto__`.
 */
export function findForbiddenKeys(value: unknown): string[] {
  const found: string[] = [];
  const waiting = [{ value, path: '', depth: 0 }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (typeof place.value !== 'object' || place.value === null) continue;
    if (place.depth > maxDepth) {
      found.push(`${place.path.slice(0, 60)}…: nested more than ${maxDepth} deep`);
      continue;
    }
    const isList = Array.isArray(place.value);
    for (const [key, inner] of Object.entries(place.value)) {
      const path = isList ? `${place.path}[${key}]` : place.path === '' ? key : `${place.path}.${key}`;
      if (!isList && forbiddenKeys.has(key)) found.push(`${path}: the key "${key}" is not allowed anywhere in a flow`);
      else waiting.push({ value: inner, path, depth: place.depth + 1 });
    }
  }
  return found.sort();
}
