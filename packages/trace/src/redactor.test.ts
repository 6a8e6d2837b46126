import { expect, test } from 'vitest';
import { createRedactor } from './redactor.ts';

const redactor = createRedactor({
  secrets: ['hunter22', 'p"w\\d/é', 'abc', 'hunter2222'],
  keyedHash: (text) => `${text.length}`.padStart(8, '0'),
});
const mark = (length: number) => `‹redacted:${String(length).padStart(8, '0')}›`;

test('[X1] a known secret is replaced wherever it stands in a text, the longer one first', () => {
  expect(redactor.redactText('login as hunter22 or hunter2222!')).toBe(`login as ${mark(8)} or ${mark(10)}!`);
});

test('[X1] a secret is found as it is written in JSON and in addresses', () => {
  expect(redactor.redactJson(JSON.stringify({ a: ['x p"w\\d/é y'] }))).toBe(JSON.stringify({ a: [`x ${mark(7)} y`] }));
  expect(redactor.redactText(`https://h/?q=${encodeURIComponent('p"w\\d/é')}&r=1`)).toBe(`https://h/?q=${mark(7)}&r=1`);
});

test('[X1] a secret in a key, and in JSON inside a text inside JSON, is replaced', () => {
  const inner = JSON.stringify({ deep: 'hunter22', list: [JSON.stringify({ password: 'else' })] });
  expect(redactor.redactValue({ hunter22: 1, body: inner })).toEqual({
    [mark(8)]: 1,
    body: JSON.stringify({ deep: mark(8), list: [JSON.stringify({ password: mark(4) })] }),
  });
});

test('[X2] values of sensitive keys are replaced whole, whatever the spelling of the key', () => {
  expect(
    redactor.redactValue({
      Authorization: 'Basic YTpi',
      'X-Sess-Id': '12345',
      Co3ContextToken: 'xyz',
      api_key: { id: 1 },
      'x-api-key': 12345,
      PASSWORD: ['a'],
      'Set-Cookie': 'JSESSIONID=1',
      csrf_token: 't',
      tokens: 'kept',
      author: 'kept',
    }),
  ).toEqual({
    Authorization: mark(10),
    'X-Sess-Id': mark(5),
    Co3ContextToken: mark(3),
    api_key: mark(8),
    'x-api-key': mark(5),
    PASSWORD: mark(5),
    'Set-Cookie': mark(12),
    csrf_token: mark(1),
    tokens: 'kept',
    author: 'kept',
  });
});

test('[X2] an empty value, null and a boolean under a sensitive key tell nothing and stay; a mark is not marked again', () => {
  const value = { password: '', token: null, secret: true, cookie: mark(3) };
  expect(redactor.redactValue(value)).toBe(value);
});

test('[X3] in free text what follows the name of a sensitive key is replaced', () => {
  expect(redactor.redactText('Authorization: Bearer abcdef, next')).toBe(`Authorization: Bearer ${mark(6)}, next`);
  expect(redactor.redactText("GET /x?token=12345&b=1 password='p4ss' done")).toBe(`GET /x?token=${mark(5)}&b=1 password='${mark(4)}' done`);
  expect(redactor.redactText('the password was wrong')).toBe('the password was wrong');
});

test('[X4] what holds no secret comes back as it is: the same value and the same text', () => {
  const value = { a: [1, { b: 'text with the word token' }], c: '{"d": 1.0}' };
  expect(redactor.redactValue(value)).toBe(value);
  const json = '{ "big": 12345678901234567890, "x": 1.0, "note": "no secret here" }';
  expect(redactor.redactJson(json)).toBe(json);
});

test('[X4] secrets shorter than four characters are left alone', () => {
  expect(redactor.redactText('abc')).toBe('abc');
});

test('[X5] broken JSON is treated as text', () => {
  expect(redactor.redactJson('{"password": "p4ss", ')).toBe(`{"password": "${mark(4)}", `);
});

test('[X5] a value of any depth and size is treated in time that grows with its size only', () => {
  const deep = `${'['.repeat(5000)}{"password":"p"}${']'.repeat(5000)}`;
  expect(redactor.redactJson(deep)).not.toContain('"p"');
  const hostile = 'password'.repeat(50_000) + 'token'.repeat(50_000) + ' '.repeat(100_000) + 'authorization:'.repeat(20_000);
  // In any other proportion these would take hours: that they end is the test.
  expect(redactor.redactText(hostile)).not.toBe('');
  const redacted = redactor.redactJson(JSON.stringify({ a: hostile, b: Array.from({ length: 50_000 }, (_, index) => ({ token: index })) }));
  expect(redacted).not.toContain('"token":49999');
});

test('[X6] a secret added later is taken out from then on', () => {
  const growing = createRedactor({ secrets: [], keyedHash: (text) => `${text.length}`.padStart(8, '0') });
  expect(growing.redactJson('{"a":"given later"}')).toBe('{"a":"given later"}');
  growing.add('given later');
  growing.add('abc');
  expect(growing.redactJson('{"a":"given later"}')).toBe(`{"a":"${mark(11)}"}`);
  expect(growing.redactText('abc')).toBe('abc');
});

test('[X7] a secret that is an address is found as URL writes it, without its query, and with its host in lower case', () => {
  const secret = 'https://Hooks.Example.com/services/T0/B0 c?key=1';
  const hooks = createRedactor({ secrets: [secret], keyedHash: () => 'aaaaaaaa' });
  for (const spelling of [
    secret,
    'https://hooks.example.com/services/T0/B0%20c?key=1',
    'https://hooks.example.com/services/T0/B0 c?key=1',
    'https://hooks.example.com/services/T0/B0%20c',
    'hooks.example.com/services/T0/B0%20c',
  ]) {
    expect(hooks.redactText(`POST ${spelling} failed`)).toBe('POST ‹redacted:aaaaaaaa› failed');
  }
  expect(hooks.redactText('POST https://hooks.example.com: nothing listens there')).toBe(
    'POST https://hooks.example.com: nothing listens there',
  );
});

test('[X8] a secret that looks like a number or a word of JSON leaves the document readable', () => {
  const bare = createRedactor({ secrets: ['true', '8443', '12345678'], keyedHash: () => 'aaaaaaaa' });
  const json = JSON.stringify({ isOpen: true, port: 8443, atMs: 1784431234, pin: 12345678, text: 'host:8443 is true', n: '12345678' });
  expect(JSON.parse(bare.redactJson(json))).toEqual({
    isOpen: true,
    port: 8443,
    atMs: 1784431234,
    pin: '‹redacted:aaaaaaaa›',
    text: 'host:‹redacted:aaaaaaaa› is ‹redacted:aaaaaaaa›',
    n: '‹redacted:aaaaaaaa›',
  });
  expect(bare.redactJson('{"isOpen": true}')).toBe('{"isOpen": true}');
});
