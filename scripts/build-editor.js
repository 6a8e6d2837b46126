// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, rootFolder } from './repository.js';
import { isMainModule, runProgram } from './run-program.js';

const stampFile = join(cacheFolder, 'editor-built');
const editorFolder = join(rootFolder, 'editor');
const pageFile = join(editorFolder, 'dist', 'web', 'index.html');
/** Sources that end up in the bundle; node_modules are covered by the lock file. */
const sourceFolders = [
  'editor/src',
  'editor/public',
  ...['api', 'errors', 'flow', 'node-kit', 'soar', 'trace'].map((name) => `packages/${name}/src`),
  'packages/flow/generated',
];
const files = [
  ...['pnpm-lock.yaml', 'editor/package.json', 'editor/index.html', 'editor/vite.config.js'],
  // The help of the editor.
  ...['editor', 'first-run', 'flows', 'running', 'simulator'].map((name) => `docs/${name}.md`),
];

/**
 * Bundles the editor for browsers, unless nothing that it is made of changed since.
 *
 * @returns {Promise<number>} 0, or the exit code of Vite.
 */
export async function buildEditor() {
  const stamp = stampOfInputs();
  if (existsSync(pageFile) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 0;
  rmSync(stampFile, { force: true });
  const vite = join(editorFolder, 'node_modules', 'vite', 'bin', 'vite.js');
  const code = await runProgram(process.execPath, [vite, 'build', '--logLevel', 'warn', editorFolder]);
  if (code !== 0) return code;
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(stampFile, stamp);
  return 0;
}

function stampOfInputs() {
  const hash = createHash('sha256');
  for (const file of [...files, ...sourceFolders.flatMap(listSources)].filter((path) => existsSync(join(rootFolder, path))).sort())
    hash.update(`${file}\n`).update(readFileSync(join(rootFolder, file)));
  return hash.digest('hex');
}

/** @returns {string[]} paths relative to the root; tests are in no bundle. */
function listSources(/** @type {string} */ folder) {
  if (!existsSync(join(rootFolder, folder))) return [];
  return readdirSync(join(rootFolder, folder), { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && !/\.(test|stand-in)\.tsx?$/.test(entry.name) ? [join(entry.parentPath, entry.name).slice(rootFolder.length + 1)] : [],
  );
}

if (isMainModule(import.meta.url)) process.exitCode = await buildEditor();
