/** Header names and values, unescaped; without a prototype, so that a header may be called `__proto__`. */
export type FrameHeaders = Record<string, string>;

/** One STOMP frame as it stands on the wire, headers unescaped, the first of repeated headers kept. */
export interface StompFrame {
  readonly command: string;
  readonly headers: Readonly<FrameHeaders>;
  readonly body: Buffer;
}

export function createHeaders(from?: Readonly<Record<string, string>>): FrameHeaders {
  const headers: FrameHeaders = Object.create(null);
  if (from !== undefined) for (const name of Object.keys(from)) headers[name] = from[name] ?? '';
  return headers;
}
