import { probes } from '@wirebook/api';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { type ApiRouterOptions, createApiRouter, refuseUndeclared } from './api-router.ts';
import { createEditorFiles } from './editor-files.ts';
import { toErrorResponse } from './error-answer.ts';
import type { HttpLog } from './http-log.ts';
import { answerProbe, type ProbeSource } from './probes.ts';
import { assertHost, assertOrigin } from './request-guard.ts';
import { createSecurityHeaders } from './security-headers.ts';

export interface HttpAppOptions extends ApiRouterOptions {
  /** The editor's built files. */
  readonly editorFolder: string;
  readonly log: HttpLog;
  readonly probes: ProbeSource;
}

/** The whole of the server's HTTP: guards first, then the route table under /api, then the editor's files. */
export function createHttpApp(options: HttpAppOptions): Express {
  const { address, log } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', false);
  app.use((request, _response, next) => {
    assertHost(request, address);
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (!isReading) assertOrigin(request, address, true);
    next();
  });
  app.use(createSecurityHeaders(address));
  app.use('/api', (_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  app.use((request, response, next) => {
    if (/^\/api(\/|$)/i.test(request.path)) refuseUndeclared(request, response, next);
    else next();
  });
  app.use(createApiRouter(options));
  app.get([...Object.values(probes)], async (request, response, next) => {
    const probe = await answerProbe(request, request.path, options.probes);
    if (probe === undefined) next();
    else response.status(probe.status).setHeader('cache-control', 'no-store').type(probe.contentType).send(probe.text);
  });
  app.use(createEditorFiles(options.editorFolder));
  app.use((request, response, next) => {
    response.locals.status = 405;
    refuseUndeclared(request, response, next);
  });
  const tellError: ErrorRequestHandler = (thrown, request, response, next) => {
    const { status, body, retryAfterSeconds, hidden } = toErrorResponse(thrown);
    if (hidden !== null) log.error(`${request.method} ${request.path} failed: ${describe(hidden)}`);
    if (response.headersSent) {
      next(thrown);
      return;
    }
    if (retryAfterSeconds !== null) response.setHeader('retry-after', String(retryAfterSeconds));
    const special: unknown = response.locals.status;
    response
      .status(typeof special === 'number' ? special : status)
      .setHeader('cache-control', 'no-store')
      .json(body);
  };
  app.use(tellError);
  return app;
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
