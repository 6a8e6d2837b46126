import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Router, static as serveFiles } from 'express';

const yearMs = 365 * 24 * 60 * 60_000;

const notBuilt = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Wirebook</title></head>
<body><h1>The editor is not built</h1><p>Run <code>npm run build</code> in the checkout, then reload this page. The server itself runs.</p></body></html>
`;

/** The built files of the editor; each path that is no file is a page of the editor, which finds its way itself. */
export function createEditorFiles(folder: string): Router {
  const index = join(folder, 'index.html');
  const router = Router({ caseSensitive: true });
  // Their names change with their content.
  router.use('/assets', serveFiles(join(folder, 'assets'), { index: false, immutable: true, maxAge: yearMs, fallthrough: false }));
  router.use(serveFiles(folder, { index: false, maxAge: 0 }));
  router.use((request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    response.setHeader('cache-control', 'no-cache');
    if (existsSync(index)) response.sendFile(index);
    else response.status(503).type('html').send(notBuilt);
  });
  return router;
}
