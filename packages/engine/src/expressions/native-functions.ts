import jsonata from 'jsonata';

/** A function of JSONata as its interpreter holds it. */
export interface NativeFunction {
  readonly _jsonata_function: true;
  readonly implementation: (this: unknown, ...args: unknown[]) => unknown;
  readonly signature: { validate(args: unknown[], context: unknown): unknown[] } | undefined;
}

const nativeNames = [
  ...['sum', 'count', 'max', 'min', 'average', 'string', 'substring', 'substringBefore', 'substringAfter', 'lowercase', 'uppercase'],
  ...['length', 'trim', 'pad', 'match', 'contains', 'replace', 'split', 'join', 'formatNumber', 'formatBase', 'formatInteger'],
  ...['parseInteger', 'number', 'floor', 'ceil', 'round', 'abs', 'sqrt', 'power', 'boolean', 'not', 'map', 'zip', 'filter', 'single'],
  ...['reduce', 'sift', 'keys', 'lookup', 'append', 'exists', 'spread', 'merge', 'reverse', 'each', 'error', 'assert', 'type', 'sort'],
  ...['distinct', 'base64encode', 'base64decode', 'encodeUrlComponent', 'encodeUrl', 'decodeUrlComponent', 'decodeUrl', 'toMillis'],
  ...['fromMillis', 'clone'],
];

const maxTextLength = 8_000_000;
const maxPadWidth = 1_000_000;
const maxTextValues = 1_000_000;

async function readNativeFunctions(): Promise<ReadonlyMap<string, NativeFunction>> {
  const functions = new Map<string, NativeFunction>();
  for (const name of nativeNames) {
    const native: unknown = await jsonata(`$${name}`).evaluate(null);
    if (!isNativeFunction(native)) throw new Error(`this version of JSONata has no $${name}`);
    functions.set(name, guardFunction(name, native));
  }
  return functions;
}

function isNativeFunction(value: unknown): value is NativeFunction {
  return typeof value === 'object' && value !== null && 'implementation' in value && typeof value.implementation === 'function';
}

/**
 * A function with the same answers that cannot be taken apart or changed from an expression, and whose texts are bounded: the library's
 * own time limit is not looked at while a function runs.
 */
function guardFunction(name: string, native: NativeFunction): NativeFunction {
  const original = replacements[name] ?? native.implementation;
  const guard = guards[name];
  const implementation = function (this: unknown, ...args: unknown[]): unknown {
    for (const arg of args) {
      if (typeof arg === 'string' && arg.length > maxTextLength) throw limitError(`a text of more than ${maxTextLength} characters`);
    }
    guard?.(args);
    return Reflect.apply(original, this, args);
  };
  // The interpreter reads arity and, for partial application, the parameter names from the function itself.
  Object.defineProperty(implementation, 'length', { value: native.implementation.length });
  Object.defineProperty(implementation, 'toString', { value: () => native.implementation.toString() });
  const guarded = { token: undefined, position: undefined };
  // The interpreter writes token and position; everything else stays as it is.
  Object.defineProperties(guarded, {
    _jsonata_function: { value: true },
    implementation: { value: Object.freeze(implementation) },
    signature: { value: native.signature === undefined ? undefined : Object.freeze(native.signature) },
  });
  const sealed: unknown = Object.preventExtensions(guarded);
  if (!isNativeFunction(sealed)) throw new Error(`$${name} could not be guarded`);
  return sealed;
}

/** An error in the form of the library's own. */
function limitError(what: string): object {
  return { code: 'D2015', message: what, isLimit: true, stack: '' };
}

const guards: Record<string, (args: readonly unknown[]) => void> = {
  pad: ([, width]) => {
    if (typeof width === 'number' && Math.abs(width) > maxPadWidth) throw limitError(`a width of more than ${maxPadWidth}`);
  },
  join: ([texts, separator]) => {
    if (!Array.isArray(texts)) return;
    const separatorLength = typeof separator === 'string' ? separator.length : 0;
    let length = 0;
    for (const text of texts) length += (typeof text === 'string' ? text.length : 0) + separatorLength;
    if (length > maxTextLength) throw limitError(`a text of more than ${maxTextLength} characters`);
  },
  string: ([value]) => assertCountable(value),
  clone: ([value]) => assertCountable(value),
};

/** Data built with the same part twice, again and again, is small in memory and endless as a text. */
function assertCountable(value: unknown): void {
  let count = 0;
  const walk = (current: unknown): void => {
    count += 1;
    if (count > maxTextValues) throw limitError(`a text of more than ${maxTextValues} values`);
    if (typeof current === 'object' && current !== null && !isFunctionValue(current)) Object.values(current).forEach(walk);
  };
  walk(value);
}

const replacements: Record<string, (this: unknown, ...args: unknown[]) => unknown> = {
  distinct: distinctValues,
  spread: spreadObject,
};

/** The library compares every pair, which takes minutes for long lists; this gives the same answer in one pass. */
function distinctValues(values: unknown): unknown {
  if (!Array.isArray(values) || values.length <= 1) return values;
  const seen = new Set<unknown>();
  const distinct = values.filter((value) => {
    const key = typeof value === 'object' && value !== null && !isFunctionValue(value) ? toCanonicalText(value) : value;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return Reflect.get(values, 'sequence') === true ? Object.assign(distinct, { sequence: true }) : distinct;
}

/** A leading NUL keeps it apart from texts that are list items themselves. */
function toCanonicalText(value: object): string {
  const sortKeys = (_key: string, current: unknown): unknown =>
    typeof current === 'object' && current !== null && !Array.isArray(current)
      ? Object.fromEntries(Object.entries(current).sort(([a], [b]) => (a < b ? -1 : 1)))
      : current;
  return `\u0000${JSON.stringify(value, sortKeys)}`;
}

/** The library takes functions apart here and hands out what is inside them. */
function spreadObject(value: unknown): unknown {
  if (isFunctionValue(value)) return undefined;
  if (Array.isArray(value)) return Object.assign(value.flatMap(spreadOne), { sequence: true });
  return typeof value === 'object' && value !== null ? Object.assign(spreadOne(value), { sequence: true }) : value;
}

function spreadOne(value: unknown): unknown[] {
  if (isFunctionValue(value) || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(spreadOne);
  if (typeof value !== 'object' || value === null) return [value];
  return Object.entries(value).map(([key, child]) => Object.assign(Object.create(null), { [key]: child }));
}

function isFunctionValue(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  return Reflect.get(value, '_jsonata_function') === true || Reflect.get(value, '_jsonata_lambda') === true;
}

/** JSONata's own functions that expressions may use, each guarded; `$eval`, `$random`, `$shuffle`, `$now`, `$millis` are not among them. */
export const nativeFunctions: ReadonlyMap<string, NativeFunction> = await readNativeFunctions();
