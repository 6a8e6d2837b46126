import { escapeHeader } from './header-escapes.ts';

/** Header lines of a frame, escaped; each ends with a line feed. */
export function encodeHeaders(headers: Readonly<Record<string, string>>): string {
  let text = '';
  for (const name of Object.keys(headers)) text += `${escapeHeader(name)}:${escapeHeader(headers[name] ?? '')}\n`;
  return text;
}

/** A frame from header lines that are escaped already. */
export function joinFrame(command: string, headerLines: string, body?: Uint8Array): Buffer {
  const head = `${command}\n${headerLines}\n`;
  const headBytes = Buffer.byteLength(head);
  const frame = Buffer.allocUnsafe(headBytes + (body?.length ?? 0) + 1);
  frame.write(head, 0);
  if (body !== undefined) frame.set(body, headBytes);
  frame[frame.length - 1] = 0;
  return frame;
}

export function encodeFrame(command: string, headers: Readonly<Record<string, string>>, body?: Uint8Array): Buffer {
  return joinFrame(command, encodeHeaders(headers), body);
}

/** CONNECTED alone is written without escapes. @see STOMP 1.2, "Value Encoding". */
export function encodeConnected(headers: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  return joinFrame('CONNECTED', lines.join(''));
}
