import { expect, test } from 'vitest';
import { createRestWatch } from './rest-watch.ts';

test('[B11] the state of the REST side follows the calls of runs, and is told when it changes', () => {
  const told: string[] = [];
  const watch = createRestWatch({
    origin: () => 'https://platform:443/',
    onChange: (link) => {
      told.push(`${link.status} ${link.code}`);
      watch.set(link);
    },
  });
  watch.set({ status: 'up', reason: null, code: null });
  const call = (url: string, status: number | null, code: string | null) => watch.take({ url, status, code });
  call('https://platform:443/rest/x', 404, 'SOAR_NOT_FOUND');
  call('https://elsewhere/', null, 'HTTP_UNREACHABLE');
  call('https://platform:443/rest/x', null, null);
  expect(told).toEqual([]);
  call('https://platform:443/rest/x', null, 'SOAR_REST_UNREACHABLE');
  call('https://platform:443/rest/x', null, 'SOAR_REST_UNREACHABLE');
  call('https://elsewhere/', 200, null);
  call('https://platform:443/rest/x', 200, null);
  expect(told).toEqual(['down SOAR_REST_UNREACHABLE', 'up null']);
});
