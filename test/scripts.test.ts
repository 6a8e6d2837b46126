import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findWorkspaceFolders, rootFolder } from '../scripts/repository.js';
import { countStories, countTests } from '../scripts/test-report.js';
import { readText } from './repository-files.ts';

describe('the totals of npm test', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wirebook-report-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function countIn(report: object): object {
    const file = join(folder, 'report.json');
    writeFileSync(file, JSON.stringify(report));
    return countTests(file);
  }

  test('are those of the report', () => {
    const report = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 };
    const failedFile = { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] };
    expect(countIn({ ...report, testResults: [failedFile] })).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  test('count a test file that could not be loaded as a failure', () => {
    const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
    expect(countIn({ ...report, testResults: [{ status: 'failed', assertionResults: [] }] })).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  test('are zeros when the run broke off before its report', () => {
    expect(countTests(join(folder, 'missing.json'))).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

test('stories that passed only when they were repeated count as failed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-stories-'));
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 1 } }));
  expect(countStories(file)).toEqual({ passed: 5, failed: 3, skipped: 1 });
  expect(countStories(join(folder, 'missing.json'))).toEqual({ passed: 0, failed: 0, skipped: 0 });
  rmSync(folder, { recursive: true });
});

test('npm test refuses an unknown stage and names those that there are', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/test.js', '--only', 'unti'], { cwd: rootFolder, encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain('There is no stage unti; there are: activemq, keystore, chromium, lint,');
});

test('the folders of the workspace are those that pnpm is told of', () => {
  const folders = findWorkspaceFolders();
  expect(folders).toContain('packages/errors');
  expect(folders).toContain('server');
  // A package without dependencies is "packages/errors: {}".
  const locked = [...readText('pnpm-lock.yaml').matchAll(/^ {2}([^\s:]+):(?: \{\})?$/gm)].map((match) => match[1]);
  expect(locked).toEqual(expect.arrayContaining(folders));
});

test('an install through a node_modules that is a link is refused: it would spoil the checkout that the link leads to', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'wirebook-linked-'));
  for (const name of ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', 'scripts']) {
    cpSync(join(rootFolder, name), join(checkout, name), { recursive: true });
  }
  mkdirSync(join(checkout, 'elsewhere'));
  symlinkSync('elsewhere', join(checkout, 'node_modules'));
  const { status, stderr } = spawnSync(process.execPath, ['scripts/bootstrap.js'], { cwd: checkout, encoding: 'utf8' });
  rmSync(checkout, { recursive: true });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('node_modules is a link into another checkout') });
});

test('the gate of CI can be run', () => {
  expect(statSync(join(rootFolder, '.ci/run')).mode & 0o111).toBe(0o111);
});
