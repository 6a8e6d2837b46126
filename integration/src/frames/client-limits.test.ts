import { readFileSync } from 'node:fs';
import { frameCases } from '@wirebook/simulator';
import { describe, expect, test } from 'vitest';
import { brokerExceptions } from './broker-exceptions.ts';
import { casesFor, clientLimits } from './client-limits.ts';

const titles = frameCases.map(({ title }) => title);
const needSocket = frameCases.filter(({ level }) => level === 'bytes').map(({ title }) => title);

describe('nothing of the frame table is left out in silence', () => {
  test('a raw socket plays every case', () => {
    expect(casesFor('raw socket')).toEqual(frameCases);
  });

  test.each(['stompjs', 'python3-stomp'] as const)('%s leaves out the cases about bytes, each with its reason, and no other', (client) => {
    expect(clientLimits[client].map(({ title }) => title)).toEqual(needSocket);
    expect(clientLimits[client].filter(({ reason }) => reason === '')).toEqual([]);
    expect(casesFor(client)).toHaveLength(frameCases.length - needSocket.length);
  });

  test('a case that one broker does not keep is a case of the table and named in BROKER-DIFFERENCES.md', () => {
    const differences = readFileSync(new URL('../../../packages/simulator/BROKER-DIFFERENCES.md', import.meta.url), 'utf8');
    for (const title of Object.values(brokerExceptions).flatMap((exceptions) => [...exceptions])) {
      expect(titles).toContain(title);
      expect(differences).toContain(title);
    }
  });
});
