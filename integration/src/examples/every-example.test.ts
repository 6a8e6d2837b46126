import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const nodesFolder = fileURLToPath(new URL('../../../nodes/', import.meta.url));

test('every example of every node is run by a test of this folder', () => {
  const examples = readdirSync(nodesFolder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.flow.json') && !/node_modules|dist/.test(path),
  );
  const tests = readdirSync(here)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(`${here}${name}`, 'utf8'))
    .join('\n');
  expect(examples.filter((path) => !tests.includes(`'${path}'`))).toEqual([]);
  expect(examples).not.toEqual([]);
});
