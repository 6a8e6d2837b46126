import type { Request, RequestHandler } from 'express';
import type { SentFile } from '../platform/attached-files.ts';
import { refusal } from '../platform/rest-refusal.ts';

/** A multipart body: its file and the texts beside it. */
export class MultipartBody {
  readonly file: SentFile;
  readonly parts: ReadonlyMap<string, string>;

  constructor(file: SentFile, parts: ReadonlyMap<string, string>) {
    this.file = file;
    this.parts = parts;
  }
}

export function isMultipart(request: { readonly headers: Request['headers'] }): boolean {
  return /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
}

/** Puts a read body in the place of the bytes. */
export const readMultipart: RequestHandler = (request, _response, next) => {
  if (!isMultipart(request) || !Buffer.isBuffer(request.body)) {
    next();
    return;
  }
  parse(request.body, request.headers['content-type'] ?? '').then(
    (body) => {
      request.body = body;
      next();
    },
    () => next(refusal(400, 'The body is no multipart/form-data.')),
  );
};

async function parse(bytes: Buffer, contentType: string): Promise<MultipartBody> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
  const parts = new Map<string, string>();
  for (const [name, value] of form) if (typeof value === 'string') parts.set(name, value);
  const file = form.get('file');
  if (file === null || typeof file === 'string')
    return new MultipartBody({ name: '', contentType: '', bytes: new Uint8Array(), description: null }, parts);
  const content = new Uint8Array(await file.arrayBuffer());
  const type = file.type === '' ? 'application/octet-stream' : file.type;
  return new MultipartBody({ name: file.name, contentType: type, bytes: content, description: parts.get('description') ?? null }, parts);
}

/** @throws WirebookError SIMULATOR_REST_REFUSED (400) */
export function requireMultipart(body: unknown): MultipartBody {
  if (body instanceof MultipartBody) return body;
  throw refusal(400, 'The body has to be multipart/form-data with a part "file".');
}
