/**
 * Compares a server with the conformance rows: `npm run conformance -- --url https://soar.example.com --org 201 --key-id ID [--ca FILE]`, the
 * secret of the API key in WIREBOOK_CONFORMANCE_SECRET. It makes an incident, and deletes it. The exit code is 1 when something differs.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { askRows } from './ask-rows.ts';
import { readConformanceRows } from './conformance-rows.ts';

const { values } = parseArgs({
  options: { url: { type: 'string' }, org: { type: 'string' }, 'key-id': { type: 'string' }, ca: { type: 'string' } },
});
const secret = process.env.WIREBOOK_CONFORMANCE_SECRET;
if (values.url === undefined || values.org === undefined || values['key-id'] === undefined || secret === undefined) {
  console.error('Usage: WIREBOOK_CONFORMANCE_SECRET=… npm run conformance -- --url URL --org NUMBER --key-id ID [--ca FILE]');
  process.exit(2);
}
const server = {
  url: values.url.replace(/\/$/, ''),
  orgId: Number(values.org),
  apiKeyId: values['key-id'],
  apiKeySecret: secret,
  caPem: values.ca === undefined ? undefined : readFileSync(values.ca, 'utf8'),
};
let different = 0;
let count = 0;
for await (const { row, differences } of askRows(server, readConformanceRows())) {
  count += 1;
  if (differences.length > 0) different += 1;
  console.log(`${differences.length === 0 ? 'same     ' : 'DIFFERENT'} ${row.title} (${row.source})`);
  for (const difference of differences) console.log(`            ${row.request.method} ${row.request.path}: ${difference}`);
}
console.log(`${count - different} of ${count} rows are as expected.`);
process.exitCode = different === 0 ? 0 : 1;
