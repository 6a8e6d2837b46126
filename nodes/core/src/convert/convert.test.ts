import type { JsonObject, JsonValue } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreConvert } from './descriptor.ts';
import { executeConvert } from './execute.ts';

const node = defineNode(coreConvert, executeConvert);

async function convert(conversion: string, value: JsonValue, config: JsonObject = {}) {
  const { emitted, error } = await testNode(node, { conversion, value, ...config }).send({ id: 7 });
  return error ?? emitted[0]?.message;
}

test.each([
  [
    'html-to-text',
    '<div>Mail from <b>Jo</b> &amp; Al<br>see <a href="https://x.example">it</a></div><ul><li>one</li><li>two</li></ul>',
    'Mail from Jo & Al\nsee it\n* one\n* two',
  ],
  ['html-to-text', '<p>a</p><script>alert(1)</script><style>p{}</style><p>b</p>', 'a\n\nb'],
  [
    'html-to-markdown',
    '<h2>Title</h2><p><strong>bold</strong> <em>it</em> <s>old</s></p><ol><li>x</li></ol>',
    '## Title\n\n**bold** *it* ~~old~~\n\n1.  x',
  ],
  ['html-to-markdown', '<a href="javascript:alert(1)">here</a><a href="https://x.example/">there</a>', 'here[there](https://x.example/)'],
  ['markdown-to-html', '**bold** [there](https://x.example/)', '<p><strong>bold</strong> <a href="https://x.example/">there</a></p>'],
  ['markdown-to-html', 'a <img src=x onerror=alert(1)> [b](javascript:alert(1))', '<p>a  <a>b</a></p>'],
  ['clean-html', '<p onclick="x()">a<iframe src="//e"></iframe><b>b</b></p>', '<p>a<b>b</b></p>'],
])('[N40] %s: %s', async (conversion, value, expected) => {
  expect(await convert(conversion, value)).toBe(expected);
});

test('[N40] a rich text may be an object with its content, and Markdown comes back as the rich text that it was', async () => {
  expect(await convert('html-to-text', { format: 'html', content: '<b>x</b>' })).toBe('x');
  const html = '<p><strong>a</strong> <em>b</em></p>\n<ul>\n<li>c</li>\n</ul>';
  expect(await convert('markdown-to-html', (await convert('html-to-markdown', html)) as string)).toBe(html);
});

const summer = Date.UTC(2026, 6, 1, 10, 30);

test.each([
  [summer, { dateFormat: 'readable', zone: 'Europe/Berlin' }, '1 July 2026 at 12:30 CEST'],
  [summer, { dateFormat: 'readable' }, '1 July 2026 at 10:30 UTC'],
  [summer, { dateFormat: 'iso', zone: 'Europe/Berlin' }, '2026-07-01T12:30:00+02:00'],
  [summer, { dateFormat: 'iso', zone: 'America/St_Johns' }, '2026-07-01T08:00:00-02:30'],
  [summer, { dateFormat: 'iso' }, '2026-07-01T10:30:00Z'],
  [summer + 5, { dateFormat: 'iso' }, '2026-07-01T10:30:00.005Z'],
  [summer, { dateFormat: 'date', zone: 'Asia/Tokyo' }, '1 July 2026'],
  [summer, { dateFormat: 'time', zone: 'Asia/Tokyo' }, '19:30:00'],
  ['2026-07-01', { dateFormat: 'readable', zone: 'Europe/Berlin' }, '1 July 2026 at 00:00 CEST'],
])('[N41] the date %s as %j is %s', async (value, config, expected) => {
  expect(await convert('date-to-text', value, config)).toBe(expected);
});

test.each([
  ['2026-07-01T12:30:00+02:00', 'UTC', summer],
  ['2026-07-01 12:30', 'Europe/Berlin', summer],
  ['2026-07-01T10:30:00.000Z', 'Asia/Tokyo', summer],
  ['2026-03-29 03:30', 'Europe/Berlin', Date.UTC(2026, 2, 29, 1, 30)],
  ['2026-10-25 12:00', 'Europe/Berlin', Date.UTC(2026, 9, 25, 11)],
  ['2026-01-01', 'America/New_York', Date.UTC(2026, 0, 1, 5)],
  [summer, 'UTC', summer],
])('[N41] the text %s in %s is %i', async (value, zone, expected) => {
  expect(await convert('text-to-date', value, { zone })).toBe(expected);
});

test.each([
  ['date-to-text', 'yesterday', {}, 'is no date'],
  ['date-to-text', true, {}, 'is no date'],
  ['date-to-text', 1e20, {}, 'is no date'],
  ['text-to-date', '2026-13-01', {}, 'is no date'],
  ['text-to-date', '2026-07-01', { zone: 'Europe/Bonn' }, 'no time zone "Europe/Bonn"'],
  ['text-to-json', '{"a": }', {}, 'is no JSON'],
  ['html-to-text', [1], {}, 'give a text'],
  ['html-to-text', 'x'.repeat(2_000_001), {}, '2,000,001 characters'],
])('[N42] %s of %.30s is refused with what is wrong', async (conversion, value, config, text) => {
  expect(await convert(conversion, value, config)).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining(text) });
});

test.each([
  ['\uFEFF{"a": "x\ny\tz"}', { a: 'x y z' }],
  ['[1, null]', [1, null]],
  [{ a: 1 }, { a: 1 }],
])('[N43] JSON text %j is the value', async (text, value) => {
  expect(await convert('text-to-json', text)).toEqual(value);
});

test('[N43] words are yes or no', async () => {
  for (const word of ['Yes', ' true ', '1', 'y', 'ON', 'confirm', 'agree', 1, true])
    expect(await convert('text-to-boolean', word)).toBe(true);
  for (const word of ['no', '', '0', 'maybe', false, null]) expect(await convert('text-to-boolean', word)).toBe(false);
});

test('[N43] a secret is hidden but for its end, and a short one as a whole', async () => {
  expect(await convert('obscure', 'token-12345678')).toBe('********5678');
  expect(await convert('obscure', 'token-12345678', { keep: 0 })).toBe('********');
  expect(await convert('obscure', 'abcdefgh')).toBe('********');
  expect(await convert('obscure', 'abc')).toBe('***');
});

test('[N44] the result goes into a field of the message, the message is converted where no value is given, and nothing stays nothing', async () => {
  expect(await convert('html-to-text', '<b>x</b>', { path: 'ticket.text' })).toEqual({ id: 7, ticket: { text: 'x' } });
  expect((await testNode(node, { conversion: 'html-to-text' }).send('<b>x</b>')).emitted).toMatchObject([{ message: 'x' }]);
  expect(await convert('html-to-markdown', null)).toBe(null);
});

test.each([[{ conversion: 1 }], [{ conversion: 'rot13' }], [{ conversion: 'obscure', keep: 21 }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('core.convert: config');
  },
);
