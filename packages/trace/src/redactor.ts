import { isJsonObject, type JsonValue } from '@wirebook/errors';

export interface RedactorOptions {
  /** Values that must never be stored. Shorter ones than four characters are left alone: they would be found in everything. */
  readonly secrets: readonly string[];
  /** A keyed hash as hexadecimal text: equal secrets get equal marks, and nobody without the key can try out guesses. */
  readonly keyedHash: (text: string) => string;
}

/**
 * Takes secrets out of what is stored or logged. A known secret is replaced wherever it stands; the value of a sensitive key
 * (authorization, cookie, password, token, api_key and their like) is replaced whole. The mark is `‹redacted:xxxxxxxx›`.
 */
export interface Redactor {
  /** Free text: also what follows `password:` or `token=`. */
  redactText(text: string): string;
  /** The value itself when there is nothing to take out. */
  redactValue(value: JsonValue): JsonValue;
  /** The text of a JSON document; the text itself when there is nothing to take out. */
  redactJson(json: string): string;
  /** Takes a further secret out of everything from now on. */
  add(secret: string): void;
}

const minSecretLength = 4;
/** Shorter numbers are durations and counts by chance. */
const minNumberLength = 6;
/** A secret that would be a value of its own in JSON: replacing it outside of texts would break the document. */
const bareValue = /^(?:-?\d+(?:\.\d+)?(?:e[-+]?\d+)?|true|false|null)$/i;
const markDigits = 8;
/** Deeper values are left out: nobody looks there, and walking them would use up the stack. */
const maxDepth = 200;
const tooDeepMark = '‹redacted:too deep›';

/** Names of keys without case, "-" and "_". */
const sensitiveKeys: ReadonlySet<string> = new Set([
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'xsessid',
  'co3contexttoken',
  'xco3contexttoken',
  'password',
  'passwd',
  'passphrase',
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'csrftoken',
  'apikey',
  'xapikey',
  'apikeysecret',
  'secret',
  'clientsecret',
  'privatekey',
  'sessionid',
  'jsessionid',
]);

/** True of every text that holds a sensitive key, and of few others: the cheap look before the walk. */
const sensitiveHint = /authorization|cookie|sess[-_]?id|token|passw|passphrase|api[-_]?key|secret|private[-_]?key|session[-_]?id/i;

/** Rarer parts of the same words: every text that the hint finds has one, and looking for them takes two thirds of the time. */
const rareParts = /k(?:ie|en|ey)|ss[wp]|cret|sess|zation/i;

function mayBeSensitive(text: string): boolean {
  return rareParts.test(text) && sensitiveHint.test(text);
}

/** What stands in place of a secret that was never handed out. */
const mask = '***';
const maskedToken = '"Co3ContextToken":"***"';

/** A sensitive name, a colon or equals sign, perhaps a scheme, and the value up to the next blank or mark. */
const namedValue =
  /((?:proxy-)?authorization|(?:set-)?cookie|x-sess-id|(?:x-)?co3contexttoken|passw(?:or)?d|passphrase|token|api[-_]?key|secret|session[-_]?id)(["']?[ \t]?[:=][ \t]?["']?)((?:basic|bearer)[ \t])?([^\s"',;&‹›]+)/gi;

export function createRedactor({ secrets, keyedHash }: RedactorOptions): Redactor {
  const known = new Set(secrets);
  let marks = listMarks();

  function listMarks(): readonly SpellingMark[] {
    return listSpellings([...known]).map(([spelling, secret]) => ({
      spelling,
      mark: toMark(secret),
      isBare: bareValue.test(spelling),
    }));
  }

  function add(secret: string): void {
    if (secret.length < minSecretLength || known.has(secret)) return;
    known.add(secret);
    marks = listMarks();
  }

  function toMark(text: string): string {
    return `‹redacted:${keyedHash(text).slice(0, markDigits)}›`;
  }

  function replaceSecrets(text: string): string {
    let replaced = text;
    for (const { spelling, mark } of marks) if (replaced.includes(spelling)) replaced = replaced.replaceAll(spelling, mark);
    return replaced;
  }

  function redactText(text: string): string {
    const replaced = replaceSecrets(text);
    if (!mayBeSensitive(replaced)) return replaced;
    return replaced.replace(
      namedValue,
      (_, name: string, sign: string, scheme: string | undefined, value: string) => `${name}${sign}${scheme ?? ''}${toMark(value)}`,
    );
  }

  function redactJson(json: string): string {
    if (marks.some(({ isBare, spelling }) => isBare && json.includes(spelling))) return redactTextsOfJson(json);
    const replaced = replaceSecrets(json);
    // The one sensitive header that every message has comes masked: it must not make each of them a case for the walk.
    if (!mayBeSensitive(replaced.replace(maskedToken, ''))) return replaced;
    const parsed = parseJson(replaced);
    if (parsed === undefined) return redactText(replaced);
    const redacted = walk(parsed, 0);
    return redacted === parsed ? replaced : JSON.stringify(redacted);
  }

  /** For secrets that look like a number or a word of JSON: texts are searched, numbers compared whole. */
  function redactTextsOfJson(json: string): string {
    const parsed = parseJson(json);
    if (parsed === undefined) return redactText(json);
    const redacted = walk(parsed, 0);
    return redacted === parsed ? json : JSON.stringify(redacted);
  }

  /** Copies only what changes. */
  function walk(value: JsonValue, depth: number): JsonValue {
    if (typeof value === 'string') return walkText(value);
    if (typeof value === 'number') return walkNumber(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > maxDepth) return tooDeepMark;
    if (Array.isArray(value)) {
      const items = value.map((item: JsonValue) => walk(item, depth + 1));
      return items.some((item, index) => item !== value[index]) ? items : value;
    }
    if (!isJsonObject(value)) return value;
    let isChanged = false;
    const entries = Object.entries(value).map(([key, item]): [string, JsonValue] => {
      const kept = isSensitive(key) ? hide(item) : walk(item, depth + 1);
      const name = replaceSecrets(key);
      if (kept !== item || name !== key) isChanged = true;
      return [name, kept];
    });
    return isChanged ? Object.fromEntries(entries) : value;
  }

  /** Bodies of requests and replies are JSON inside a text. */
  function walkText(text: string): string {
    return /^\s*[{[]/.test(text) ? redactJson(text) : redactText(text);
  }

  function walkNumber(value: number): JsonValue {
    const text = String(value);
    return text.length >= minNumberLength && known.has(text) ? toMark(text) : value;
  }

  function hide(value: JsonValue): JsonValue {
    if (value === null || value === '' || value === mask || typeof value === 'boolean') return value;
    if (typeof value === 'string') return isMark(value) ? value : toMark(value);
    return toMark(JSON.stringify(value));
  }

  return { redactText, redactValue: (value) => walk(value, 0), redactJson, add };
}

interface SpellingMark {
  readonly spelling: string;
  readonly mark: string;
  readonly isBare: boolean;
}

/** A secret as it may stand in text, JSON and addresses, the longest first so that none hides inside another. */
function listSpellings(secrets: readonly string[]): [spelling: string, secret: string][] {
  const spellings = new Map<string, string>();
  for (const secret of secrets) {
    if (secret.length < minSecretLength) continue;
    for (const text of [secret, ...listAddressSpellings(secret)]) {
      for (const spelling of [text, JSON.stringify(text).slice(1, -1), encodeAddress(text)]) spellings.set(spelling, secret);
    }
  }
  return [...spellings].sort(([a], [b]) => b.length - a.length);
}

/** A secret that is an address is reported without its query, and as URL writes it. */
function listAddressSpellings(secret: string): string[] {
  if (!/^https?:/i.test(secret) || !URL.canParse(secret)) return [];
  const { href, origin, pathname, host } = new URL(secret);
  const lowerHost = secret.replace(/^[a-z]+:\/\/[^/?#]*/i, (start) => start.toLowerCase());
  // Of an address without a path the origin is no secret: errors name it to say where a request went.
  const reported = pathname === '/' ? [] : [origin + pathname, host + pathname];
  return [href, lowerHost, ...reported];
}

function encodeAddress(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch (thrown) {
    // Half a surrogate pair has no encoding, so it stands in no address.
    if (thrown instanceof URIError) return text;
    throw thrown;
  }
}

function isSensitive(key: string): boolean {
  return key.length <= 40 && sensitiveKeys.has(key.replace(/[-_]/g, '').toLowerCase());
}

function isMark(text: string): boolean {
  return text.startsWith('‹redacted:') && text.endsWith('›');
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}
