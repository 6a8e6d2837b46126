// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout, whatever the current folder is. */
export const rootFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where scripts keep what they may lose: stamps and test reports. Ignored by git, gone with node_modules. */
export const cacheFolder = join(rootFolder, 'node_modules', '.cache', 'wirebook');

/** The path of a program that a development dependency of the root brings. */
export function toolPath(/** @type {string} */ name) {
  return join(rootFolder, 'node_modules', '.bin', name);
}

/**
 * The folders of the workspace's packages, relative to the root and sorted: what `packages:` of pnpm-workspace.yaml lists.
 *
 * @returns {string[]}
 */
export function findWorkspaceFolders() {
  const yaml = readFileSync(join(rootFolder, 'pnpm-workspace.yaml'), 'utf8');
  const list = /^packages:\n((?:[ ]+- .*\n)+)/m.exec(yaml)?.[1];
  if (list === undefined) throw new Error('pnpm-workspace.yaml: no list under "packages:".');
  const patterns = list.split('\n').flatMap((line) => /- ["']?([^"'\s]+)/.exec(line)?.[1] ?? []);
  const folders = patterns.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const parent = pattern.slice(0, -2);
    if (!existsSync(join(rootFolder, parent))) return [];
    return readdirSync(join(rootFolder, parent)).map((name) => `${parent}/${name}`);
  });
  return folders.filter((folder) => existsSync(join(rootFolder, folder, 'package.json'))).sort();
}
