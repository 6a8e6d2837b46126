import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rootFolder, toolPath } from '../scripts/repository.js';
import { listNames, workspaceFolders } from './repository-files.ts';

const place = 'nodes/core/src/pause-twice';
let copy: string;

beforeAll(() => {
  copy = copyOfCheckout();
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('a new node passes format, lint, the wall around descriptors, types, its own test, and the checks of a node folder', {
  timeout: 120_000,
}, () => {
  expect(run('npm', 'run', '--silent', 'new:node', 'core.pause-twice')).toContain(`core.pause-twice is in ${place}`);
  run(toolPath('biome'), 'ci', '--error-on-warnings', place, 'nodes/core/src/descriptors.ts', 'nodes/core/src/runtime.ts');
  run(toolPath('tsc'), '-p', 'tsconfig.descriptor-wall.json');
  run(toolPath('tsc'), '-p', 'tsconfig.node-types.json');
  expect(run(toolPath('vitest'), 'run', '--project', 'unit', place)).toContain('1 passed');
  expect(run(toolPath('vitest'), 'run', '--project', 'unit', 'test/nodes.test.ts', '-t', place)).toContain('4 passed');
});

/** A run of vitest inside a test must not take itself for a worker of the outer one. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST') && name !== 'FORCE_COLOR'),
);

function run(program: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: copy, encoding: 'utf8', env: environment });
  expect({ status, error }, `${program} ${args.join(' ')}\n${stdout}\n${stderr}`).toEqual({ status: 0, error: undefined });
  return stdout;
}

/** The nodes, the scripts and the rules of the repository are copied; what they import, and what tsconfig.json refers to, is linked. */
function copyOfCheckout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-new-node-'));
  const isSource = (path: string) => !/\/(node_modules|dist)$/.test(path);
  const files = listNames('', 'files').filter((name) => /^(\.gitignore|.*\.(json|yaml|js))$/.test(name));
  for (const name of [...files, 'nodes', 'scripts', 'test']) {
    cpSync(join(rootFolder, name), join(folder, name), { recursive: true, filter: isSource });
  }
  const nodeModules = listNames('nodes', 'folders').map((name) => `nodes/${name}/node_modules`);
  const packageFolders = new Set(workspaceFolders.map((path) => path.replace(/\/.*/, '')).filter((name) => name !== 'nodes'));
  for (const name of ['node_modules', ...packageFolders, ...nodeModules]) symlinkSync(join(rootFolder, name), join(folder, name));
  const nodeTypes = { extends: './tsconfig.tests.json', include: ['nodes/core/src/*.ts', `${place}/*.ts`] };
  writeFileSync(join(folder, 'tsconfig.node-types.json'), JSON.stringify(nodeTypes));
  const wall = {
    extends: './tsconfig.browser-safe.json',
    compilerOptions: {
      composite: false,
      declaration: false,
      noEmit: true,
      rewriteRelativeImportExtensions: false,
      allowImportingTsExtensions: true,
    },
    files: [`${place}/descriptor.ts`],
  };
  writeFileSync(join(folder, 'tsconfig.descriptor-wall.json'), JSON.stringify(wall));
  return folder;
}

test('a node that is there already, or whose package is not, is refused', () => {
  const refusals = [['core.set'], ['nowhere.set'], ['set'], ['core.Set'], ['core.../x']].map((args) => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/new-node.js', ...args], { cwd: copy, encoding: 'utf8' });
    return [status, stderr.trim()];
  });
  const usage = 'Usage: npm run new:node PACKAGE.KIND, for example core.rate-limit';
  expect(refusals).toEqual([
    [2, 'nodes/core/src/set is there already.'],
    [2, 'There is no package nodes/nowhere.'],
    [2, `${usage}; got "set".`],
    [2, `${usage}; got "core.Set".`],
    [2, `${usage}; got "core.../x".`],
  ]);
});
