// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runProgram } from './run-program.js';

/**
 * @typedef {object} DebianSoftware
 * @property {string} name As the console names it.
 * @property {readonly string[]} packages
 * @property {readonly string[]} files Of the installed packages: all there means installed.
 *
 * @typedef {{ state: 'present' | 'not permitted' } | { state: 'failed', reason: string }} InstallOutcome
 */

/** What to type where this machine does not let us install. */
export function installCommandOf(/** @type {DebianSoftware} */ software) {
  return `apt-get update && apt-get ${installArgsOf(software).join(' ')}`;
}

/**
 * Installs packages of Debian when they are missing and it is permitted: as root, or through sudo without a password.
 *
 * @returns {Promise<InstallOutcome>}
 */
export async function ensureInstalled(/** @type {DebianSoftware} */ software) {
  if (findMissing(software).length === 0) return { state: 'present' };
  const prefix = rootPrefix();
  if (prefix === undefined) return { state: 'not permitted' };
  console.log(`${software.name}: installing ${software.packages.join(' and ')} with apt-get.`);
  for (const args of [['update'], installArgsOf(software)]) {
    const [program, ...rest] = /** @type {[string, ...string[]]} */ ([
      ...prefix,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      '-q',
      ...args,
    ]);
    const code = await runProgram(program, rest);
    if (code !== 0) return { state: 'failed', reason: `apt-get ${args.join(' ')} ended with ${code}` };
  }
  const missing = findMissing(software);
  if (missing.length === 0) return { state: 'present' };
  return { state: 'failed', reason: `apt-get reported success, and there is no ${missing.join(', ')}` };
}

function findMissing(/** @type {DebianSoftware} */ { files }) {
  return files.filter((file) => !existsSync(file));
}

function installArgsOf(/** @type {DebianSoftware} */ { packages }) {
  return ['install', '-y', '--no-install-recommends', ...packages];
}

/** What must stand before a command that root runs; undefined where we may not, or where there is no apt-get. */
function rootPrefix() {
  if (!existsSync('/usr/bin/apt-get')) return undefined;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
}
