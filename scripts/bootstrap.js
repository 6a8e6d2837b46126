// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, findWorkspaceFolders, rootFolder } from './repository.js';
import { isMainModule, runProgram } from './run-program.js';

const stampFile = join(cacheFolder, 'installed');

/**
 * Installs what the lock file says with the pinned pnpm, fetched through npx, unless that is done already.
 *
 * @returns {Promise<number>} 0, or pnpm's exit code.
 */
export async function bootstrap() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major === undefined || minor === undefined || major < 20 || (major === 20 && minor < 19)) {
    console.error(`Wirebook needs Node 20.19 or newer; this is ${process.version}.`);
    return 1;
  }
  const stamp = stampOfInputs();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    console.log('Dependencies: as the lock file says, nothing to install.');
    return 0;
  }
  if (lstatSync(join(rootFolder, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    console.error('Dependencies: node_modules is a link into another checkout, which an install from here would spoil. Install there.');
    return 1;
  }
  const pnpm = pinnedPnpm();
  console.log(`Dependencies: installing with ${pnpm} (the first time takes a minute or two: better-sqlite3 is compiled).`);
  const startedAt = Date.now();
  // A folder made by another version is removed without asking: nobody is there to answer.
  const args = ['--yes', pnpm, 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false'];
  const code = await runProgram('npx', args, installEnvironment());
  if (code !== 0) {
    console.error(`Dependencies: "npx ${args.join(' ')}" failed with exit code ${code}.`);
    return code;
  }
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(stampFile, stamp);
  console.log(`Dependencies: installed in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
  return 0;
}

/** All that decides what node_modules holds; better-sqlite3 is compiled for one version of Node. */
function stampOfInputs() {
  const files = [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'package.json',
    ...findWorkspaceFolders().map((folder) => `${folder}/package.json`),
  ];
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}\n`);
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(rootFolder, file)));
  return hash.digest('hex');
}

/** For example pnpm@10.34.9: the pin of package.json without its hash, which npx would take for a tag. */
function pinnedPnpm() {
  /** @type {{ packageManager?: string }} */
  const manifest = JSON.parse(readFileSync(join(rootFolder, 'package.json'), 'utf8'));
  const pin = /^(pnpm@[\d.]+)/.exec(manifest.packageManager ?? '')?.[1];
  if (pin === undefined) throw new Error(`package.json: "packageManager" must pin pnpm, and says ${manifest.packageManager}.`);
  return pin;
}

/** Native modules are compiled against the headers of the Node that runs now, never against those of another one. */
function installEnvironment() {
  /** @type {NodeJS.ProcessEnv} */
  const environment = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  const nodeFolder = dirname(dirname(process.execPath));
  if (headersMatch(nodeFolder)) environment.npm_config_nodedir = nodeFolder;
  else if (environment.npm_config_nodedir && !headersMatch(environment.npm_config_nodedir)) delete environment.npm_config_nodedir;
  return environment;
}

function headersMatch(/** @type {string} */ nodeFolder) {
  const file = join(nodeFolder, 'include', 'node', 'node_version.h');
  if (!existsSync(file)) return false;
  const text = readFileSync(file, 'utf8');
  const numbers = ['MAJOR', 'MINOR', 'PATCH'].map((part) => new RegExp(`#define NODE_${part}_VERSION (\\d+)`).exec(text)?.[1]);
  return numbers.join('.') === process.versions.node;
}

if (isMainModule(import.meta.url)) process.exitCode = await bootstrap();
