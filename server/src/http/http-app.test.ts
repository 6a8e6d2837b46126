import { createConnection } from 'node:net';
import { permissionsOfRole, type RouteDeclaration, type RouteName, roles, routes } from '@wirebook/api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSessions } from '../auth/sessions.ts';
import { createSystemSecrets } from '../auth/system-random.ts';
import { type ServerUnderTest, startServerUnderTest } from '../web-server.stand-in.ts';
import { createApiRouter } from './api-router.ts';
import type { RouteHandlers } from './route-handlers.ts';

let server: ServerUnderTest;

beforeEach(async () => {
  server = await startServerUnderTest();
});

afterEach(() => server.close());

const declared: readonly (readonly [RouteName, RouteDeclaration])[] = Object.entries(routes).map(([name, route]) => [
  name as RouteName,
  route,
]);
const everyParameter = Object.fromEntries(
  declared.flatMap(([, { path }]) => [...path.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']) => [name, 'x'])),
);
const json = { 'content-type': 'application/json' };

/** Sends bytes as they are: clients do not let one write a foreign Host. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(server.url).port) });
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    socket.write(text);
  });
}

test('[E1] the router has exactly the routes of the table, each with its method and path', () => {
  const { store, clock, address } = server;
  const router = createApiRouter({
    handlers: {} as RouteHandlers,
    sessions: createSessions({ store, clock, ids: { nextId: () => 'x' }, secrets: createSystemSecrets() }),
    address,
  });
  const made = router.stack.flatMap((layer) => {
    // A layer without a route would answer every path.
    if (layer.route === undefined) return ['a layer without a route'];
    const { path } = layer.route;
    return layer.route.stack.map((step) => `${step.method?.toUpperCase()} ${path}`);
  });
  expect([...new Set(made)].sort()).toEqual(declared.map(([, { method, path }]) => `${method} ${path}`).sort());
});

test('[E2] a path that is not declared is 404, a method 405 that names those there are', async () => {
  const ada = await server.signIn();
  const headers = { cookie: ada.cookie, 'x-csrf-token': ada.csrfToken };
  for (const path of ['/api', '/api/', '/api/nothing', '/api/flows/', '/api/Flows', '/API/flows', '/api/flows/a/b/c/d/e', '/api//flows']) {
    const answer = await server.send('GET', path, { headers });
    expect([path, answer.status, answer.body.error?.code]).toEqual([path, 404, 'SERVER_ROUTE_UNKNOWN']);
  }
  for (const method of ['PUT', 'OPTIONS', 'PATCH', 'TRACE']) {
    const answer = await server.send(method, '/api/flows', { headers });
    expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, 'GET, POST']);
  }
  expect((await server.send('POST', '/somewhere', { headers })).status).toBe(405);
});

test('[E3] every route but the public ones asks for a session, and for a role that has its permission', async () => {
  const browsers = await Promise.all(roles.map(async (role) => ({ role, browser: await server.signIn(`a ${role}`, role) })));
  for (const [name, { method, path, permission }] of declared) {
    if (permission === 'public') continue;
    const place = path.replace(/:[A-Za-z]+/g, 'x');
    expect([name, (await server.send(method, place)).status]).toEqual([name, 401]);
    for (const { role, browser } of browsers) {
      if (permissionsOfRole[role].includes(permission)) continue;
      const answer = await browser.call(name, { params: everyParameter, body: {} });
      expect([name, role, answer.status, answer.body.error.code]).toEqual([name, role, 403, 'SERVER_PERMISSION_DENIED']);
    }
  }
});

test('[E4] a body is checked against the table; what is wrong is named and nothing is done', async () => {
  const ada = await server.signIn();
  const wrong: readonly [unknown, RegExp][] = [
    [{}, /must have required property 'name'/],
    [{ name: 'A', other: 1 }, /must NOT have additional properties \(other\)/],
    [{ name: '' }, /at name must NOT have fewer than 1 characters/],
    [[1], /a JSON object/],
  ];
  for (const [body, message] of wrong) {
    const answer = await ada.call('createFlow', { body });
    expect([answer.status, answer.body.error.code, answer.body.error.message]).toEqual([
      400,
      'SERVER_REQUEST_INVALID',
      expect.stringMatching(message),
    ]);
    expect(answer.body.error.hint).not.toBe('');
  }
  const headers = { cookie: ada.cookie, 'x-csrf-token': ada.csrfToken };
  const text = await server.send('POST', '/api/flows', { headers: { ...headers, 'content-type': 'text/plain' }, body: '{"name":"A"}' });
  expect([text.status, text.body.error.code]).toEqual([400, 'SERVER_REQUEST_INVALID']);
  const broken = await server.send('POST', '/api/flows', { headers: { ...headers, ...json }, body: '{"name":' });
  expect([broken.status, broken.body.error.code]).toEqual([400, 'SERVER_REQUEST_INVALID']);
  expect(server.store.flows.list()).toEqual([]);
});

test('[E5] a body over 4 MB is 413, one that goes too deep 400', async () => {
  const ada = await server.signIn();
  const large = await ada.call('createFlow', { body: { name: 'A', document: { filling: 'x'.repeat(4 * 1024 * 1024) } } });
  expect([large.status, large.body.error.code]).toEqual([413, 'SERVER_BODY_TOO_LARGE']);
  const deep = await server.send('POST', '/api/flows', {
    headers: { cookie: ada.cookie, 'x-csrf-token': ada.csrfToken, ...json },
    body: `{"name":"A","document":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
  });
  expect([deep.status, deep.body.error.message]).toEqual([400, expect.stringContaining('deeper')]);
});

test('[E6] a request that names another host is refused before anything else', async () => {
  for (const host of ['evil.example', `evil.example:${new URL(server.url).port}`, '127.0.0.1', '127.0.0.1:1']) {
    const answer = await sendRaw(`GET /api/session HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer.split('\r\n')[0], host).toBe('HTTP/1.1 421 Misdirected Request');
  }
  const local = await sendRaw(`GET /api/session HTTP/1.1\r\nHost: localhost:${new URL(server.url).port}\r\nConnection: close\r\n\r\n`);
  expect(local.split('\r\n')[0]).toBe('HTTP/1.1 200 OK');
});

test('[E7] everything but GET and HEAD needs the exact Origin', async () => {
  const ada = await server.signIn();
  const { port } = new URL(server.url);
  const headers = { cookie: ada.cookie, 'x-csrf-token': ada.csrfToken, ...json };
  const origins = [
    null,
    'null',
    'https://evil.example',
    `https://127.0.0.1:${port}`,
    `http://localhost:${port}`,
    `${server.url}.evil.example`,
  ];
  for (const origin of origins) {
    const answer = await server.send('POST', '/api/flows', { headers, body: '{"name":"A"}', origin });
    expect([origin, answer.status, answer.body.error.code]).toEqual([origin, 403, 'SERVER_ORIGIN_REFUSED']);
  }
  expect((await server.send('POST', '/api/flows', { headers, body: '{"name":"A"}' })).status).toBe(200);
});

test('[E8] everything but GET needs the CSRF token of its own session', async () => {
  const ada = await server.signIn();
  const bo = await server.signIn('Bo');
  for (const token of [undefined, '', 'x', bo.csrfToken, `${ada.csrfToken}x`]) {
    const headers = { cookie: ada.cookie, ...json, ...(token === undefined ? {} : { 'x-csrf-token': token }) };
    const answer = await server.send('POST', '/api/flows', { headers, body: '{"name":"A"}' });
    expect([token, answer.status, answer.body.error.code]).toEqual([token, 403, 'SERVER_CSRF_REFUSED']);
  }
  expect((await server.send('GET', '/api/flows', { headers: { cookie: ada.cookie } })).status).toBe(200);
});

test('[E9] answers carry a strict policy, are not kept by caches, and name no software', async () => {
  const { headers } = await server.send('GET', '/api/session');
  const { host } = new URL(server.url);
  expect(String(headers['content-security-policy']).split(';').sort()).toEqual(
    [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self' data:",
      `connect-src 'self' ws://${host}`,
      "worker-src 'self'",
      "frame-src 'self'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ].sort(),
  );
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['x-powered-by']).toBeUndefined();
  expect(headers['access-control-allow-origin']).toBeUndefined();
});

test('[E10] an error that nobody meant is told without its text and stands in the log', async () => {
  const ada = await server.signIn();
  server.checks.run = () => {
    throw new Error('secret detail /home/x');
  };
  await ada.call('createFlow', { body: { name: 'A' } });
  const answer = await ada.call('previewDeployment', { body: { flowIds: ['a'] } });
  expect([answer.status, answer.body.error.code]).toEqual([500, 'SERVER_INTERNAL']);
  expect(JSON.stringify(answer.body)).not.toContain('secret detail');
  expect(server.log.lines.map(({ text }) => text).join()).toContain('secret detail');
});

test('[E11] the editor’s files are served: assets for ever, its page for every other path, nothing outside its folder', async () => {
  const asset = await server.send('GET', '/assets/app-1a2b.js');
  expect([asset.status, asset.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  for (const path of ['/', '/flows', '/flows/a/edit', '/sign-in']) {
    const page = await server.send('GET', path);
    expect([path, page.status, page.headers['cache-control'], page.body]).toEqual([
      path,
      200,
      'no-cache',
      '<!doctype html><title>Editor</title>',
    ]);
  }
  expect((await server.send('GET', '/assets/gone.js')).status).toBe(404);
  for (const path of ['/../app.db', '/assets/../../app.db', '/assets/%2e%2e/%2e%2e/app.db', '/..%2fapp.db']) {
    const raw = await sendRaw(`GET ${path} HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nConnection: close\r\n\r\n`);
    expect(raw, path).not.toContain('SQLite format');
  }
});

test('[E11] without a built editor a page says what to do', async () => {
  await server.close();
  server = await startServerUnderTest({ hasEditor: false });
  const page = await server.send('GET', '/');
  expect([page.status, page.body]).toEqual([503, expect.stringContaining('npm run build')]);
});
