import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findWorkspaceFolders, rootFolder } from '../scripts/repository.js';

const ignoredFolders = new Set(['node_modules', 'dist', '.git', '.cache', '.wirebook', 'coverage', 'test-results']);

/** The paths of all files that a person wrote, relative to the root, with forward slashes, sorted. */
export const repositoryFiles: readonly string[] = listFiles('').sort();

/** The folders of the workspace's packages, relative to the root. */
export const workspaceFolders: readonly string[] = findWorkspaceFolders();

export function readText(path: string): string {
  return readFileSync(join(rootFolder, path), 'utf8');
}

export function hasPath(path: string): boolean {
  return existsSync(join(rootFolder, path));
}

/** The names in a folder, only folders or only files; none when the folder does not exist. */
export function listNames(folder: string, kind: 'folders' | 'files'): string[] {
  if (!hasPath(folder)) return [];
  return readdirSync(join(rootFolder, folder))
    .filter((name) => statSync(join(rootFolder, folder, name)).isDirectory() === (kind === 'folders'))
    .sort();
}

/** A source without the lines that are nothing but comment, in the same places: line numbers still hold. */
export function readCodeLines(path: string): string[] {
  return readText(path)
    .split('\n')
    .map((line) => (/^\s*(\/\/|\/\*|\*)/.test(line) ? '' : line));
}

/** Tests, and what stands in for the world beside them: both are kept from dist. */
export function isTestFile(path: string): boolean {
  return /\.(test|stand-in)\.tsx?$/.test(path);
}

/** Modules of a package that run outside its tests. */
export function isProductSource(path: string): boolean {
  return /^(packages\/[^/]+|nodes\/[^/]+|server|editor)\/src\/.*\.tsx?$/.test(path) && !isTestFile(path);
}

function listFiles(folder: string): string[] {
  return readdirSync(join(rootFolder, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ignoredFolders.has(entry.name) ? [] : listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}
