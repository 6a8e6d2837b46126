import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSenderKnown, toSenderCheck } from './check-sender.ts';

const body = Buffer.from('{"ticket":7}');
const secret = 'hush-hush-hush';
const token = toSenderCheck({ authentication: 'token', header: '' }, secret);
const hmac = (algorithm = 'sha256') => toSenderCheck({ authentication: 'hmac', header: '', algorithm }, secret);
const basic = toSenderCheck({ authentication: 'basic', userName: 'desk' }, secret);
const sign = (encoding: 'hex' | 'base64', algorithm = 'sha256') => createHmac(algorithm, secret).update(body).digest(encoding);
const toBasic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

test.each([
  ['a bearer token', token, { authorization: `Bearer ${secret}` }],
  ['a bare token', token, { authorization: secret }],
  ['a token in its own header', toSenderCheck({ authentication: 'token', header: 'X-Hook' }, secret), { 'x-hook': secret }],
  ['a signature with its name', hmac(), { 'x-hub-signature-256': `sha256=${sign('hex')}` }],
  ['a signature in capitals', hmac(), { 'x-hub-signature-256': sign('hex').toUpperCase() }],
  ['a signature in base64', hmac(), { 'x-hub-signature-256': sign('base64') }],
  ['a signature of another algorithm', hmac('sha512'), { 'x-hub-signature-256': sign('hex', 'sha512') }],
  ['name and password', basic, toBasic(`desk:${secret}`)],
  ['nothing where nothing is asked for', toSenderCheck({ authentication: 'none' }, ''), {}],
] as const)('[WS3] %s is known', (_, check, headers) => {
  expect(isSenderKnown(check, headers, body)).toBe(true);
});

test.each([
  ['no header', token, {}],
  ['a part of the token', token, { authorization: `Bearer ${secret.slice(0, -1)}` }],
  ['an empty token', token, { authorization: 'Bearer ' }],
  ['the signature of another body', hmac(), { 'x-hub-signature-256': createHmac('sha256', secret).update('x').digest('hex') }],
  ['a signature of another algorithm than the one asked for', hmac('sha512'), { 'x-hub-signature-256': sign('hex') }],
  ['no signature', hmac(), {}],
  ['the name of the algorithm only', hmac(), { 'x-hub-signature-256': 'sha256=' }],
  ['another name', basic, toBasic(`other:${secret}`)],
  ['a login that is no base64', basic, { authorization: 'Basic %%%' }],
  ['no login', basic, {}],
] as const)('[WS3] %s is not known', (_, check, headers) => {
  expect(isSenderKnown(check, headers, body)).toBe(false);
});
