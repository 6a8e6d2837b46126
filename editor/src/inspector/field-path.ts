/** Keys and indexes that lead to a value inside a config. */
export type FieldPath = readonly (string | number)[];

/** The path as problems write it: `cases[2].when`. */
export function toFieldText(path: FieldPath): string {
  return path.map((key, index) => (isIndex(key) ? `[${key}]` : index === 0 ? String(key) : `.${key}`)).join('');
}

function isIndex(key: string | number): boolean {
  return typeof key === 'number' || /^\d+$/.test(key);
}

/**
 * Reads what {@link toFieldText} writes. A key may itself hold dots and brackets, such as the name of a header; so the longest key that
 * is really there is taken at each step, and only where there is none the text is cut at the next dot.
 */
export function parseFieldText(text: string, config: unknown): FieldPath {
  const path: (string | number)[] = [];
  let value = config;
  let rest = text;
  while (rest !== '') {
    const index = /^\[(\d+)\]\.?/.exec(rest);
    if (index?.[1] !== undefined && !isRecord(value)) {
      const position = Number(index[1]);
      path.push(position);
      value = Array.isArray(value) ? value[position] : undefined;
      rest = rest.slice(index[0].length);
      continue;
    }
    // A key of digits is written in brackets too.
    const key = index?.[1] ?? findKey(value, rest);
    path.push(key);
    value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    rest = rest.slice(index?.[0].length ?? key.length).replace(/^\./, '');
  }
  return path;
}

function findKey(value: unknown, rest: string): string {
  const present = isRecord(value) ? Object.keys(value) : [];
  const fitting = present.filter((key) => key !== '' && rest.startsWith(key) && /^$|^[.[]/.test(rest.slice(key.length)));
  const longest = fitting.reduce((best, key) => (key.length > best.length ? key : best), '');
  if (longest !== '') return longest;
  const [first = rest] = rest.split(/(?=[.[])/, 1);
  // Nothing before the first dot: the whole rest is one key, else there would be no end.
  return first === '' || first === '.' ? rest : first;
}

/** What stands at the path; undefined where it leads nowhere. */
export function findAtFieldPath(config: unknown, path: FieldPath): unknown {
  let value = config;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isRecord(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
