import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeTestCertificates } from './certificates.stand-in.ts';
import { type ClientUnderTest, openClient } from './client.stand-in.ts';
import { type PreparedAnswer, type StandIn, startStandIn } from './platform.stand-in.ts';

let caPem: string;
let platform: StandIn;
let under: ClientUnderTest;

beforeAll(async () => {
  const certificates = makeTestCertificates();
  caPem = certificates.caPem;
  platform = await startStandIn(certificates.valid);
});

beforeEach(async () => {
  await under?.client.close();
  platform.answer = () => undefined;
  under = await openClient(platform, { caPem, conflictAttempts: 4 });
  platform.seen.length = 0;
});

afterAll(async () => {
  await under.client.close();
  await platform.close();
});

/** An incident that another editor changes before each of the first `conflicts` PUTs; then it takes the PUT. */
function serveIncident(conflicts: number): void {
  let vers = 1;
  let met = 0;
  platform.answer = ({ method, body }): PreparedAnswer => {
    if (method === 'GET')
      return { json: { id: 7, vers, name: 'a', properties: { own: null, other: vers }, list: [1, { x: 0.5 }], ['__proto__']: 'kept' } };
    if (met < conflicts) {
      met += 1;
      vers += 1;
      return { status: 409, json: { success: false, message: 'The object has been changed by another user.' } };
    }
    return { json: { ...(body as JsonObject), vers: vers + 1 } };
  };
}

const setName = (current: JsonObject) => ({ ...current, name: 'b' });
const puts = () => platform.seen.filter(({ method }) => method === 'PUT');

test('[R50] what was read goes to apply, what it gives is written as it is, and the answer comes back', async () => {
  serveIncident(0);
  const read = { id: 7, vers: 1, name: 'a', properties: { own: null, other: 1 }, list: [1, { x: 0.5 }], ['__proto__']: 'kept' };
  const result = await under.startRun().readChangeWrite({ path: '/incidents/7', query: { q: '1' }, handleFormat: 'names', apply: setName });
  expect(result).toEqual({ before: read, after: { ...read, name: 'b', vers: 2 }, attempts: 1 });
  expect(platform.seen.map(({ method, path, headers }) => [method, path, headers.handle_format])).toEqual([
    ['GET', '/orgs/201/incidents/7?q=1', 'names'],
    ['PUT', '/orgs/201/incidents/7?q=1', 'names'],
  ]);
  expect(JSON.stringify(puts()[0]?.body)).toBe(JSON.stringify({ ...read, name: 'b' }));
});

test('[R51] apply may decline, and then nothing is written', async () => {
  serveIncident(0);
  const result = await under.startRun().readChangeWrite({ path: '/incidents/7', apply: () => undefined });
  expect(result.attempts).toBe(0);
  expect(result.after).toBe(result.before);
  expect(puts()).toEqual([]);
});

test('[R52] after each 409 the newer object is read, changed and written, and the tries are numbered on', async () => {
  serveIncident(3);
  const result = await under.startRun().readChangeWrite({ path: '/incidents/7', apply: setName });
  expect([result.attempts, result.before.vers, result.after.vers]).toEqual([4, 4, 5]);
  expect(puts().map(({ body }) => body)).toMatchObject([1, 2, 3, 4].map((vers) => ({ name: 'b', vers, properties: { other: vers } })));
  expect(under.attempts.map(({ method, attempt, status }) => [method, attempt, status])).toEqual([
    ['GET', 1, 200],
    ['PUT', 1, 409],
    ['GET', 2, 200],
    ['PUT', 2, 409],
    ['GET', 3, 200],
    ['PUT', 3, 409],
    ['GET', 4, 200],
    ['PUT', 4, 200],
  ]);
  expect(under.clock.sleeps).toEqual([50, 100, 200]);
});

test('[R52] apply may decline after a 409, when the other editor did the same', async () => {
  serveIncident(1);
  const result = await under
    .startRun()
    .readChangeWrite({ path: '/incidents/7', apply: (current) => (current.vers === 2 ? undefined : setName(current)) });
  expect([result.attempts, result.before.vers, result.after.vers]).toEqual([1, 2, 2]);
});

test('[R53] when every round meets a 409 the error names path and attempts', async () => {
  serveIncident(99);
  await expect(under.startRun().readChangeWrite({ path: '/incidents/7', apply: setName })).rejects.toMatchObject({
    code: 'SOAR_CONFLICT',
    message: expect.stringContaining('PUT /incidents/7: 4 attempts'),
    details: { path: '/incidents/7', attempts: 4, status: 409 },
  });
  expect(puts()).toHaveLength(4);
});

test('[R54] other failures of the PUT, and errors of apply, end it at once', async () => {
  platform.answer = ({ method }) => (method === 'GET' ? { json: { vers: 1 } } : { status: 400, json: { message: 'no' } });
  await expect(under.startRun().readChangeWrite({ path: '/incidents/7', apply: setName })).rejects.toMatchObject({
    code: 'SOAR_BAD_REQUEST',
  });
  const broken = () => {
    throw new Error('apply broke');
  };
  await expect(under.startRun().readChangeWrite({ path: '/incidents/7', apply: broken })).rejects.toThrow('apply broke');
  expect(puts()).toHaveLength(1);
});

test('[R50] an answer that is no object cannot be changed', async () => {
  platform.answer = () => ({ json: [] });
  await expect(under.startRun().readChangeWrite({ path: '/incidents/7', apply: setName })).rejects.toMatchObject({
    code: 'SOAR_RESPONSE_INVALID',
  });
});

test('[R55] a row is picked out of each list that is read, and written to its own place', async () => {
  let version = 1;
  platform.answer = ({ method, body }): PreparedAnswer => {
    if (method === 'GET') return { json: { rows: [{ id: 4 }, { id: 5, version }] } };
    version += 1;
    return version === 2 ? { status: 409, json: { success: false, message: 'Changed by another user.' } } : { json: body as JsonObject };
  };
  const pick = (answer: JsonValue) => {
    const rows = isJsonObject(answer) && Array.isArray(answer.rows) ? answer.rows.filter(isJsonObject) : [];
    return { current: rows.find(({ id }) => id === 5) ?? {}, writePath: '/incidents/7/table_data/log/row_data/5' };
  };
  const result = await under.startRun().readChangeWrite({ path: '/incidents/7/table_data/log', pick, apply: setName });
  expect(result).toEqual({ before: { id: 5, version: 2 }, after: { id: 5, version: 2, name: 'b' }, attempts: 2 });
  expect(platform.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /orgs/201/incidents/7/table_data/log',
    'PUT /orgs/201/incidents/7/table_data/log/row_data/5',
    'GET /orgs/201/incidents/7/table_data/log',
    'PUT /orgs/201/incidents/7/table_data/log/row_data/5',
  ]);
});
