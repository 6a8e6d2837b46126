import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ServerUnderTest, startServerUnderTest } from '../web-server.stand-in.ts';
import { hashPassword, isPassword } from './password-hash.ts';

let server: ServerUnderTest;
const json = { 'content-type': 'application/json' };
const password = 'correct horse battery';
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

beforeEach(async () => {
  server = await startServerUnderTest();
});

afterEach(() => server.close());

function post(path: string, body: unknown) {
  return server.send('POST', path, { headers: json, body: JSON.stringify(body) });
}

test('[U1] who signs in gets a session cookie that scripts and other sites cannot use, and the CSRF token in the body', async () => {
  const user = server.users.add('Ada', 'owner');
  const answer = await post('/api/session/link', { token: server.users.makeLink(user.id) });
  expect(answer.status).toBe(200);
  expect(String(answer.headers['set-cookie'])).toMatch(/^wirebook_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/);
  expect(answer.body).toMatchObject({ user: { name: 'Ada', role: 'owner', hasPassword: false }, csrfToken: expect.any(String) });
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  expect((await server.send('GET', '/api/session', { headers: { cookie } })).body).toMatchObject({
    user: { name: 'Ada' },
    csrfToken: answer.body.csrfToken,
  });
  expect((await server.send('GET', '/api/session')).body).toMatchObject({ user: null, csrfToken: null, product: { version: '0.0.0' } });
});

test('[U2] a link works once and for a day', async () => {
  const user = server.users.add('Ada', 'owner');
  const token = server.users.makeLink(user.id);
  expect((await post('/api/session/link', { token })).status).toBe(200);
  const again = await post('/api/session/link', { token });
  expect([again.status, again.body.error.code]).toEqual([401, 'SERVER_LINK_REFUSED']);
  const late = server.users.makeLink(user.id);
  await server.clock.advance(dayMs);
  expect((await post('/api/session/link', { token: late })).status).toBe(401);
});

test('[U3] a wrong password and an unknown name are answered the same', async () => {
  server.users.add('Ada', 'owner');
  await server.setPassword('Ada', password);
  server.users.add('Bo', 'viewer');
  const wrong = await post('/api/session', { name: 'Ada', password: 'wrong' });
  const nobody = await post('/api/session', { name: 'Nobody', password });
  const without = await post('/api/session', { name: 'Bo', password });
  expect(wrong.status).toBe(401);
  expect(nobody.body).toEqual(wrong.body);
  expect(without.body).toEqual(wrong.body);
  expect((await post('/api/session', { name: 'ada', password })).body.user.name).toBe('Ada');
});

test('[U4] a password is kept as a salted scrypt hash, and one without a hash is never right', async () => {
  const salt = new Uint8Array(16).fill(7);
  const hash = await hashPassword(password, salt);
  expect(hash).toMatch(/^scrypt\$32768\$8\$1\$[\w-]+\$[\w-]{43}$/);
  expect(await hashPassword(password, new Uint8Array(16))).not.toBe(hash);
  expect([await isPassword(password, hash), await isPassword(`${password} `, hash), await isPassword(password, null)]).toEqual([
    true,
    false,
    false,
  ]);
  // The same letter, typed as one character or as two.
  expect(await isPassword('e\u0301tait une fois', await hashPassword('\u00e9tait une fois', salt))).toBe(true);
});

test('[U5] after five failures a name has to wait, twice as long each time; 429 says how long', async () => {
  server.users.add('Ada', 'owner');
  await server.setPassword('Ada', password);
  for (let attempt = 0; attempt < 5; attempt += 1)
    expect((await post('/api/session', { name: 'Ada', password: 'wrong' })).status).toBe(401);
  const early = await post('/api/session', { name: 'Ada', password });
  expect([early.status, early.headers['retry-after'], early.body.error.code]).toEqual([429, '1', 'SERVER_SIGN_IN_THROTTLED']);
  await server.clock.advance(1000);
  expect((await post('/api/session', { name: 'ADA', password: 'wrong' })).status).toBe(401);
  expect((await post('/api/session', { name: 'Ada', password })).headers['retry-after']).toBe('2');
  await server.clock.advance(2000);
  expect((await post('/api/session', { name: 'Ada', password })).status).toBe(200);
  // The right password begins the count anew.
  for (let attempt = 0; attempt < 4; attempt += 1)
    expect((await post('/api/session', { name: 'Ada', password: 'wrong' })).status).toBe(401);
  expect((await post('/api/session', { name: 'Ada', password })).status).toBe(200);
});

test('[U5] an address that guesses names and links has to wait too', async () => {
  for (let attempt = 0; attempt < 20; attempt += 1)
    await (attempt % 2 === 0
      ? post('/api/session', { name: `name ${attempt}`, password: 'wrong' })
      : post('/api/session/link', { token: `${'x'.repeat(30)}${attempt}` }));
  expect((await post('/api/session', { name: 'another', password: 'wrong' })).status).toBe(429);
  expect((await post('/api/session/link', { token: 'y'.repeat(30) })).status).toBe(429);
});

test('[U6] the present password is asked for, except in a session by a link; the other sessions end', async () => {
  const byLink = await server.signIn('Ada');
  const other = await server.signIn('Ada');
  expect((await byLink.call('setPassword', { body: { next: password } })).status).toBe(204);
  expect((await other.call('listFlows')).status).toBe(401);
  expect((await byLink.call('listFlows')).status).toBe(200);
  const answer = await post('/api/session', { name: 'Ada', password });
  const headers = { ...json, cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '', 'x-csrf-token': answer.body.csrfToken };
  const change = (body: unknown) => server.send('PUT', '/api/session/password', { headers, body: JSON.stringify(body) });
  expect((await change({ next: 'another long one' })).status).toBe(400);
  expect((await change({ next: 'another long one', current: 'wrong' })).status).toBe(400);
  expect((await change({ next: 'short', current: password })).status).toBe(400);
  expect((await change({ next: 'another long one', current: password })).status).toBe(204);
});

test('[U7] a session ends by signing out, after a week unused, and after thirty days', async () => {
  const ada = await server.signIn('Ada');
  expect((await ada.call('signOut')).status).toBe(204);
  expect((await ada.call('listFlows')).status).toBe(401);
  const idle = await server.signIn('Ada');
  await server.clock.advance(7 * dayMs);
  expect((await idle.call('listFlows')).status).toBe(401);
  const busy = await server.signIn('Ada');
  for (let day = 0; day < 29; day += 1) {
    await server.clock.advance(dayMs);
    expect((await busy.call('listFlows')).status).toBe(200);
  }
  await server.clock.advance(dayMs);
  expect((await busy.call('listFlows')).status).toBe(401);
});

test('[U8] signing in gives a new session and ends the one that the browser had', async () => {
  const ada = await server.signIn('Ada');
  const token = server.users.makeLink(server.users.getByName('Ada').id);
  const answer = await server.send('POST', '/api/session/link', {
    headers: { ...json, cookie: ada.cookie },
    body: JSON.stringify({ token }),
  });
  expect(answer.status).toBe(200);
  expect(String(answer.headers['set-cookie'])).not.toContain(ada.cookie);
  expect((await ada.call('listFlows')).status).toBe(401);
});

test('[U9] an owner adds people, who sign in by a link, changes their roles and removes them', async () => {
  const ada = await server.signIn('Ada');
  const added = await ada.call('addUser', { body: { name: 'Bo', role: 'viewer' } });
  expect(added.body.signInLink).toMatch(new RegExp(`^${server.url}/sign-in#token=[\\w-]{43}$`));
  expect((await ada.call('addUser', { body: { name: 'BO', role: 'viewer' } })).status).toBe(409);
  const signedIn = await post('/api/session/link', { token: added.body.signInLink.split('#token=')[1] });
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
  const userId = added.body.user.id;
  expect((await ada.call('changeUser', { params: { userId }, body: { role: 'editor' } })).body.role).toBe('editor');
  expect((await server.send('GET', '/api/session', { headers: { cookie } })).body.user.role).toBe('editor');
  expect((await ada.call('removeUser', { params: { userId } })).status).toBe(204);
  expect((await server.send('GET', '/api/session', { headers: { cookie } })).body.user).toBeNull();
  expect((await ada.call('listUsers')).body.users.map(({ name }: { name: string }) => name)).toEqual(['Ada']);
  expect((await ada.call('removeUser', { params: { userId } })).status).toBe(404);
});

test('[U10] the last owner stays', async () => {
  const ada = await server.signIn('Ada');
  const params = { userId: server.users.getByName('Ada').id };
  for (const answer of [await ada.call('removeUser', { params }), await ada.call('changeUser', { params, body: { role: 'editor' } })])
    expect([answer.status, answer.body.error.code]).toEqual([409, 'SERVER_LAST_OWNER']);
});

test('[U11] the first start makes the user owner, once', () => {
  server.users.ensureOwner();
  server.users.ensureOwner();
  expect(server.users.list()).toMatchObject([{ name: 'owner', role: 'owner', hasPassword: false }]);
  expect(server.users.findOwnerWithoutPassword()?.name).toBe('owner');
});

test('[U12] what people do about sessions, users and flows is on record', async () => {
  const ada = await server.signIn('Ada');
  await ada.call('addUser', { body: { name: 'Bo', role: 'viewer' } });
  await ada.call('createFlow', { body: { name: 'A flow' } });
  expect(server.store.audit.list(10).map(({ userName, action, subject }) => [userName, action, subject])).toEqual([
    ['Ada', 'create-flow', 'a-flow'],
    ['Ada', 'add-user', 'Bo (viewer)'],
    ['Ada', 'sign-in', 'link'],
  ]);
});
