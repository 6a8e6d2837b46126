// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runProgram } from './run-program.js';

const packages = ['activemq', 'python3-stomp'];
const filesOfThem = [
  '/usr/share/activemq/bin/activemq.jar',
  '/usr/bin/java',
  '/usr/bin/openssl',
  '/usr/lib/python3/dist-packages/stomp/__init__.py',
];
const installArgs = ['install', '-y', '--no-install-recommends', ...packages];

/** What to type where this machine does not let us install. */
export const installCommand = `apt-get update && apt-get ${installArgs.join(' ')}`;

/**
 * Installs Debian's ActiveMQ, and the Python client that the frame tests compare with, when missing and permitted.
 *
 * @returns {Promise<{ state: 'present' | 'not permitted' } | { state: 'failed', reason: string }>}
 */
export async function ensureActiveMq() {
  if (isInstalled()) return { state: 'present' };
  const prefix = rootPrefix();
  if (prefix === undefined) return { state: 'not permitted' };
  console.log(`ActiveMQ: installing ${packages.join(' and ')} with apt-get.`);
  for (const args of [['update'], installArgs]) {
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
  if (isInstalled()) return { state: 'present' };
  const missing = filesOfThem.filter((file) => !existsSync(file));
  return { state: 'failed', reason: `apt-get reported success, and there is no ${missing.join(', ')}` };
}

function isInstalled() {
  return filesOfThem.every((file) => existsSync(file));
}

/** What must stand before a command that root runs; undefined where we may not, or where there is no apt-get. */
function rootPrefix() {
  if (!existsSync('/usr/bin/apt-get')) return undefined;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
}
