import { expect, test } from 'vitest';
import { permissions, permissionsOfRole } from './permissions.ts';
import { type RouteDeclaration, routes } from './routes.ts';
import { socketEvents } from './socket-events.ts';

const declared: readonly (readonly [string, RouteDeclaration])[] = Object.entries(routes);

test('[A1] no two routes share method and path, and parameters are whole segments', () => {
  const addresses = declared.map(([, { method, path }]) => `${method} ${path.replace(/:[A-Za-z]+/g, ':')}`);
  expect(new Set(addresses).size).toBe(addresses.length);
  for (const [, { path }] of declared) expect(path).toMatch(/^\/api(\/(:?[A-Za-z][A-Za-z-]*))+$/);
});

test('[A2] what changes something needs a permission of its own, except a session', () => {
  const open = declared.filter(([, { method, permission }]) => method !== 'GET' && (permission === 'public' || permission === 'signed-in'));
  expect(open.map(([name]) => name).sort()).toEqual(['setPassword', 'signIn', 'signInByLink', 'signOut']);
  expect(declared.filter(([, { permission }]) => permission === 'public').map(([name]) => name)).toEqual([
    'getSession',
    'signIn',
    'signInByLink',
  ]);
});

test('[A3] bodies and events are objects without unknown keys', () => {
  const bodies = [
    ...declared.flatMap(([, { body }]) => (body === null ? [] : [body])),
    ...Object.values(socketEvents).map(({ body }) => body),
  ];
  for (const body of bodies) expect(body).toMatchObject({ type: 'object', additionalProperties: false });
});

test('[A4] an owner may do what an editor may, an editor what a viewer may, and nothing unlisted', () => {
  const { owner, editor, viewer } = permissionsOfRole;
  expect(owner).toEqual(expect.arrayContaining([...editor]));
  expect(editor).toEqual(expect.arrayContaining([...viewer]));
  expect([...owner].sort()).toEqual(permissions.filter((permission) => permission !== 'public').sort());
  expect(viewer.filter((permission) => /write|deploy|manage|execute|test|use/.test(permission))).toEqual([]);
});

test('[A5] every socket event asks for a permission that some role has', () => {
  for (const { permission } of Object.values(socketEvents)) expect(permissionsOfRole.owner).toContain(permission);
});
