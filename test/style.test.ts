import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { isProductSource, isTestFile, readCodeLines, readText, repositoryFiles } from './repository-files.ts';

const sources = repositoryFiles.filter((path) => /\.(ts|tsx|js)$/.test(path));
const productSources = sources.filter(isProductSource);

test('no file and no folder is a dumping ground: each is named after one concept', () => {
  const names = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'shared', 'types', 'constants', 'lib']);
  const dumpingGrounds = repositoryFiles.filter((path) => path.split('/').some((part) => names.has(part.replace(/\..*$/, ''))));
  expect(dumpingGrounds).toEqual([]);
});

test('an index.ts is the door of a package and nothing else', () => {
  const inner = sources.filter(
    (path) => basename(path) === 'index.ts' && !/^(packages\/[^/]+|nodes\/[^/]+|[^/]+)\/src\/index\.ts$/.test(path),
  );
  expect(inner).toEqual([]);
});

test('a door names each export singly', () => {
  expect(findLines(sources, /^\s*export \*/)).toEqual([]);
});

test('data from outside is checked in files named parse-*.ts: only they import ajv', () => {
  const elsewhere = productSources.filter((path) => !basename(path).startsWith('parse-'));
  // Types may be named anywhere: they are gone at run time.
  expect(findLines(elsewhere, /^(?!import type\b).*\b(from|import)\s*\(?\s*['"]ajv(-formats)?(\/[^'"]*)?['"]/)).toEqual([]);
});

test('the environment is read in one file a program', () => {
  const readers = [...new Set(findLines(productSources, /\bprocess\.env\b|\benv\b.*from 'node:process'/).map(fileOfFinding))];
  expect(readers.filter((path) => !path.startsWith('server/'))).toEqual([]);
  expect(readers.filter((path) => path.startsWith('server/')).length, readers.join(', ')).toBeLessThanOrEqual(1);
});

const systemFiles = ['system-clock.ts', 'system-ids.ts', 'system-random.ts'];

/** Where else time, chance or ids may come from the system, and why. */
const clockExceptions: Record<string, string> = {
  'server/src/engine-host/redaction-key.ts': 'A key that could be foreseen would be none; it is drawn once for a data folder.',
};

const ambient =
  /(?<![.\w])(setTimeout|setInterval|randomUUID|randomBytes)\(|\b(Date|performance)\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.random|from 'node:timers/;

test('time, chance and ids are injected', () => {
  const injected = productSources.filter(
    (path) => !systemFiles.includes(basename(path)) && !(path in clockExceptions) && !path.startsWith('packages/testkit/'),
  );
  expect(findLines(injected, ambient)).toEqual([]);
});

test('an exception to the rule of injected time is still needed', () => {
  expect(
    Object.keys(clockExceptions).filter(
      (path) =>
        findLines(
          productSources.filter((source) => source === path),
          ambient,
        ).length === 0,
    ),
  ).toEqual([]);
});

test('no test replaces a module', () => {
  expect(findLines(sources.filter(isTestFile), /\b(vi|vitest)\.(mock|doMock|hoisted)\(/)).toEqual([]);
});

test('no unit test passes by being quick: speed is measured in bench', () => {
  const unitTests = sources.filter((path) => isTestFile(path) && !path.startsWith('integration/') && !path.endsWith('.stand-in.ts'));
  expect(findLines(unitTests, /\bperformance\.now\(|\bprocess\.hrtime\b/)).toEqual([]);
});

test('a catch rethrows, converts, or records: it is never empty', () => {
  const silent = sources.flatMap((path) => {
    const code = readCodeLines(path)
      .join('\n')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/\s\/\/ .*$/gm, '');
    return [
      ...code.matchAll(/\bcatch\s*(?:\([^)]*\)\s*)?\{\s*\}|\.catch\(\s*(?:\(\w*\)|\w+)\s*=>\s*(?:\{\s*\}|undefined|null|void 0)\s*\)/g),
    ].map((match) => `${path}: ${match[0].replace(/\s+/g, ' ')}`);
  });
  expect(silent).toEqual([]);
});

test('a test’s title is a sentence about behaviour, not a promise that it works', () => {
  expect(findLines(sources.filter(isTestFile), /\b(test|it)(\.\w+)?\(\s*['"`](\[[^\]]*\]\s*)*(should|works|test)\b/i)).toEqual([]);
});

test('no source is kept from the compiler', () => {
  expect(findLines(sources, /@ts-(ignore|nocheck|expect-error)\b/)).toEqual([]);
});

test('every script and every configuration in JavaScript is type-checked', () => {
  const scripts = sources.filter((path) => /^scripts\/.*\.js$|^[^/]+\.config\.js$/.test(path));
  expect(scripts.filter((path) => !readText(path).startsWith('// @ts-check\n'))).toEqual([]);
});

/** For example "packages/flow/src/a.ts:12: const at = Date.now();". */
function findLines(paths: readonly string[], pattern: RegExp): string[] {
  return paths
    .filter((path) => path !== 'test/style.test.ts')
    .flatMap((path) => readCodeLines(path).flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])));
}

function fileOfFinding(finding: string): string {
  return finding.slice(0, finding.indexOf(':'));
}
