// @ts-check
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { findWorkspaceFolders, rootFolder, toolPath } from './repository.js';
import { isMainModule, runProgram } from './run-program.js';

/**
 * Compiles every package into its dist, and puts beside the code what is read at run time: help pages, examples, SQL.
 *
 * @returns {Promise<number>} 0, or the compiler's exit code.
 */
export async function build() {
  const code = await runProgram(toolPath('tsc'), ['-b']);
  if (code === 0) for (const folder of findWorkspaceFolders()) copyAssets(join(rootFolder, folder));
  return code;
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
