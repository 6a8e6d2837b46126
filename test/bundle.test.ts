import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { rootFolder } from '../scripts/repository.js';
import { hasPath, readText } from './repository-files.ts';

/** What is read of an entry of Vite's manifest. */
interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly isEntry?: boolean;
}

const webFolder = 'editor/dist/web';
const budgetBytes = 400 * 1024;

const manifest: Readonly<Record<string, Chunk>> = JSON.parse(
  hasPath(`${webFolder}/.vite/manifest.json`) ? readText(`${webFolder}/.vite/manifest.json`) : '{}',
);

test('the editor is built before it is measured', () => {
  expect(Object.values(manifest).some(({ isEntry }) => isEntry === true)).toBe(true);
});

test.each([
  ['the list of flows', 'src/app/flows-page.tsx'],
  ['a flow', 'src/canvas/flow-page.tsx'],
  ['runs', 'src/runs/runs-page.tsx'],
  ['connections', 'src/app/connections-page.tsx'],
  ['the console', 'src/console/console-page.tsx'],
])('the scripts that %s needs at the first load have less than 400 KB compressed, without Monaco', (_, page) => {
  const files = [...new Set([...chunksOf('index.html'), ...chunksOf(page)])];
  const sizes = files.map((file) => ({ file, bytes: gzipSync(readFileSync(join(rootFolder, webFolder, file))).length }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(total, sizes.map(({ file, bytes }) => `${file}: ${bytes}`).join('\n')).toBeLessThan(budgetBytes);
  expect(total).toBeGreaterThan(0);
  expect(files.filter((file) => /monaco|editor\.api/.test(file))).toEqual([]);
});

test('the editor loads nothing from another host', () => {
  const html = readText(`${webFolder}/index.html`);
  expect(html.match(/(?:src|href)="(?:https?:)?\/\//g)).toBeNull();
  const styles = Object.values(manifest).flatMap(({ file }) => (file.endsWith('.css') ? [readText(`${webFolder}/${file}`)] : []));
  expect(styles.filter((text) => /url\(["']?https?:|@import\s+["']?https?:/.test(text))).toEqual([]);
});

/** The script files that are loaded with this module, without what it loads later. */
function chunksOf(name: string): string[] {
  const reached = new Set<string>();
  const visit = (key: string) => {
    if (reached.has(key)) return;
    reached.add(key);
    for (const next of manifest[key]?.imports ?? []) visit(next);
  };
  visit(name);
  return [...reached].flatMap((key) => manifest[key]?.file ?? []).filter((file) => file.endsWith('.js'));
}
