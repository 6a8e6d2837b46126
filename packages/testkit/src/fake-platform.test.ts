import { expect, test } from 'vitest';
import { createFakePlatform } from './fake-platform.ts';

test('[K8] answers come one after the other, the last one again, and the requests are kept', async () => {
  const platform = createFakePlatform();
  platform.answer('GET', '/incidents/1', { body: { id: 1, vers: 1 } }, (request) => ({ body: { asked: request.path } }));
  const bodies = [];
  for (let count = 0; count < 3; count += 1) bodies.push((await platform.request({ method: 'GET', path: '/incidents/1' })).body);
  expect(bodies).toEqual([{ id: 1, vers: 1 }, { asked: '/incidents/1' }, { asked: '/incidents/1' }]);
  expect(platform.requests).toHaveLength(3);
});

test('[K8] a status from 400 on rejects with the code of the platform', async () => {
  const platform = createFakePlatform();
  platform.answer('POST', '/incidents', { status: 400, body: { message: 'Field name is required.' } });
  await expect(platform.request({ method: 'POST', path: '/incidents' })).rejects.toMatchObject({
    code: 'SOAR_BAD_REQUEST',
    message: 'POST /incidents was answered with 400: Field name is required.',
  });
  await expect(platform.request({ method: 'GET', path: '/unknown' })).rejects.toMatchObject({ code: 'SOAR_NOT_FOUND' });
});

test('[K9] after a 409 the change is applied to what is read then', async () => {
  const platform = createFakePlatform();
  platform.answer('GET', '/incidents/1', { body: { vers: 1, name: 'a' } }, { body: { vers: 2, name: 'b' } });
  platform.answer('PUT', '/incidents/1', { status: 409 }, (request) => ({ body: request.body ?? null }));
  const result = await platform.readChangeWrite({ path: '/incidents/1', apply: (current) => ({ ...current, city: 'Bonn' }) });
  expect(result).toEqual({ before: { vers: 2, name: 'b' }, after: { vers: 2, name: 'b', city: 'Bonn' }, attempts: 2 });
});

test('[K9] nothing is written when the change is undefined', async () => {
  const platform = createFakePlatform();
  platform.answer('GET', '/incidents/1', { body: { vers: 1 } });
  expect(await platform.readChangeWrite({ path: '/incidents/1', apply: () => undefined })).toMatchObject({ attempts: 0 });
  expect(platform.requests.map((request) => request.method)).toEqual(['GET']);
});
