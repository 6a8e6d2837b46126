// @ts-check
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buildEditor } from './build-editor.js';
import { findWorkspaceFolders, rootFolder, toolPath } from './repository.js';
import { isMainModule, runProgram } from './run-program.js';

/**
 * Compiles every package into its dist, puts beside the code what is read at run time (help pages, examples, SQL), and bundles the editor.
 *
 * @returns {Promise<number>} 0, or the exit code of the compiler or the bundler.
 */
export async function build() {
  const code = await runProgram(toolPath('tsc'), ['-b']);
  if (code !== 0) return code;
  for (const folder of findWorkspaceFolders()) copyAssets(join(rootFolder, folder));
  return buildEditor();
}

function copyAssets(/** @type {string} */ packageFolder) {
  const source = join(packageFolder, 'src');
  if (!existsSync(source) || !existsSync(join(packageFolder, 'tsconfig.json'))) return;
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    const from = join(entry.parentPath, entry.name);
    if (!entry.isFile() || /\.tsx?$/.test(entry.name) || entry.parentPath.includes('__snapshots__')) continue;
    const to = join(packageFolder, 'dist', relative(source, from));
    if (existsSync(to) && statSync(to).mtimeMs >= statSync(from).mtimeMs) continue;
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
}

if (isMainModule(import.meta.url)) process.exitCode = await build();
