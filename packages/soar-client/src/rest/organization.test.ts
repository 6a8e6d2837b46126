import { expect, test } from 'vitest';
import { chooseOrganization, readOrganizations } from './organization.ts';
import { sessionAnswer } from './platform.stand-in.ts';

const organizations = readOrganizations(sessionAnswer.orgs) ?? [];
const choose = (wanted: string | undefined, list = organizations) =>
  chooseOrganization({ organizations: list, wanted, sessionIp: '10.1.2.3' });
const onlyFirst = organizations.slice(0, 1);

test('[R3] cloud account, uuid and name each choose an organisation', () => {
  expect(['73c78395', '61d7ae97', 'Second'].map((wanted) => choose(wanted).id)).toEqual([201, 202, 202]);
});

test('[R3] the first organisation that fits wins, by whichever of its three names', () => {
  const both = [
    { id: 1, name: 'same', uuid: 'a', cloudAccount: null, enabled: true },
    { id: 2, name: 'other', uuid: 'same', cloudAccount: 'same', enabled: true },
  ];
  expect(choose('same', both).id).toBe(1);
});

test('[R3] the only organisation needs no name', () => {
  expect(choose(undefined, onlyFirst).id).toBe(201);
  expect(choose('', onlyFirst).id).toBe(201);
});

test('[R4] no, several, unknown and closed organisations are told apart', () => {
  expect(() => choose('x', [])).toThrow(expect.objectContaining({ code: 'SOAR_ORG_NONE' }));
  expect(() => choose(undefined)).toThrow(
    expect.objectContaining({ code: 'SOAR_ORG_MISSING', message: expect.stringContaining('"Test Organization", "Second", "Closed"') }),
  );
  expect(() => choose('nobody')).toThrow(
    expect.objectContaining({ code: 'SOAR_ORG_UNKNOWN', message: expect.stringMatching(/"nobody".*"Test Organization"/) }),
  );
  expect(() => choose('Closed')).toThrow(
    expect.objectContaining({
      code: 'SOAR_ORG_DISABLED',
      message: 'organisation "Closed" (404) is not open to this account; the platform sees the address 10.1.2.3',
    }),
  );
});

test('[R4] an answer whose orgs are no list is no session answer', () => {
  expect(readOrganizations({})).toBeUndefined();
  expect(readOrganizations([null, { name: 'no id' }])).toEqual([]);
});
