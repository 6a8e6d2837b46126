import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rootFolder, toolPath } from '../scripts/repository.js';

// A linter whose configuration went wrong checks nothing and prints a green tick. These sources cross each wall once.

const crossings: Record<string, { readonly source: string; readonly rule: string }> = {
  'packages/simulator/src/a.ts': { source: importOf('@wirebook/soar-client'), rule: 'style/noRestrictedImports' },
  'packages/soar-client/src/a.ts': { source: importOf('@wirebook/simulator'), rule: 'style/noRestrictedImports' },
  'packages/engine/src/test-kit.ts': { source: importOf('@wirebook/testkit'), rule: 'style/noRestrictedImports' },
  'packages/engine/src/http.ts': { source: importOf('undici'), rule: 'style/noRestrictedImports' },
  'packages/engine/src/files.ts': { source: importOf('node:fs/promises'), rule: 'style/noRestrictedImports' },
  'packages/store/src/deep.ts': { source: importOf('@wirebook/engine/src/run.ts'), rule: 'style/noRestrictedImports' },
  'nodes/core/src/a/execute.ts': { source: importOf('@wirebook/engine'), rule: 'style/noRestrictedImports' },
  'nodes/core/src/b/execute.ts': { source: importOf('@wirebook/nodes-web/runtime'), rule: 'style/noRestrictedImports' },
  'nodes/core/src/c/descriptor.ts': { source: importOf('node:path'), rule: 'correctness/noNodejsModules' },
  'packages/flow/src/a.ts': { source: importOf('node:path'), rule: 'correctness/noNodejsModules' },
  'packages/flow/src/undeclared.ts': { source: importOf('express'), rule: 'correctness/noUndeclaredDependencies' },
  'packages/trace/src/a.ts': { source: "export * from './event.ts';\n", rule: 'performance/noReExportAll' },
  'packages/trace/src/circle.ts': { source: importOf('./circle-back.ts'), rule: 'suspicious/noImportCycles' },
  'packages/trace/src/circle-back.ts': { source: importOf('./circle.ts'), rule: 'suspicious/noImportCycles' },
  'packages/trace/src/camelCase.ts': { source: 'export const b = 1;\n', rule: 'style/useFilenamingConvention' },
  'packages/engine/src/console.ts': { source: 'console.log(1);\nexport const b = 1;\n', rule: 'suspicious/noConsole' },
  'packages/store/src/long.ts': { source: 'say();\n'.repeat(401), rule: 'style/noExcessiveLinesPerFile' },
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-walls-'));
  for (const name of ['biome.json', '.gitignore', '.oxlintrc.json']) cpSync(join(rootFolder, name), join(folder, name));
  // oxlint looks for its type-aware half in node_modules.
  symlinkSync(join(rootFolder, 'node_modules'), join(folder, 'node_modules'));
  write('packages/flow/package.json', '{ "name": "@wirebook/flow", "dependencies": {} }\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('Biome sees every wall that is crossed', () => {
  for (const [path, { source }] of Object.entries(crossings)) write(path, source);
  const { stdout } = spawnSync(toolPath('biome'), ['lint', '--max-diagnostics=none', '--reporter=json', 'packages', 'nodes'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const report: { diagnostics: { category: string; severity: string; location: { path: string } }[] } = JSON.parse(stdout);
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error');
  const seen = errors.map(({ category, location }) => `${location.path}: ${category.replace('lint/', '')}`);
  const expected = Object.entries(crossings).map(([path, { rule }]) => `${path}: ${rule}`);
  expect(expected.filter((finding) => !seen.includes(finding))).toEqual([]);
});

test('oxlint sees a forgotten await, a promise where none is expected, and a switch that lacks a case', () => {
  const source = `async function stop(): Promise<void> {}
export function misuse(kind: 'a' | 'b'): number {
  stop();
  [1].forEach(async () => stop());
  switch (kind) {
    case 'a':
      return 1;
  }
  return 2;
}
`;
  write('src/probe.ts', source);
  write('tsconfig.json', '{ "compilerOptions": { "strict": true, "target": "es2023" }, "include": ["src"] }\n');
  const { stdout, status } = spawnSync(toolPath('oxlint'), ['--type-aware', '--format=unix', 'src'], { cwd: folder, encoding: 'utf8' });
  const rules = [...stdout.matchAll(/typescript\(([a-z-]+)\)/g)].map((match) => match[1]);
  expect({ rules: rules.sort(), status }).toEqual({
    rules: ['no-floating-promises', 'no-misused-promises', 'switch-exhaustiveness-check'],
    status: 1,
  });
});

function importOf(name: string): string {
  return `import { a } from '${name}';\n\nexport const b = a;\n`;
}

function write(path: string, text: string): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
