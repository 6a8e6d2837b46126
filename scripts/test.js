// @ts-check
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.js';
import { build } from './build.js';
import { ensureInstalled, installCommandOf } from './debian-software.js';
import { activeMq, chromium, gnomeKeyring } from './needed-software.js';
import { cacheFolder, toolPath } from './repository.js';
import { runProgram } from './run-program.js';
import { countStories, countTests } from './test-report.js';

/** @typedef {{ title: string, run: () => Promise<number> }} Stage */

const totals = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const closingRemarks = [];
/** Software that is not there and could not be had. @type {Set<string>} */
const missing = new Set();

/** @type {Record<string, Stage>} */
const stages = {
  activemq: { title: 'ActiveMQ for the integration tests', run: () => checkSoftware(activeMq, 'The ActiveMQ suite was LEFT OUT.') },
  keystore: {
    title: 'gnome-keyring for the integration tests',
    run: () => checkSoftware(gnomeKeyring, 'The suite of the keystore was LEFT OUT.'),
  },
  chromium: { title: 'Chromium for the stories', run: () => checkSoftware(chromium, 'The stories in the browser were LEFT OUT.') },
  lint: { title: 'Format and lint', run: () => runProgram(toolPath('biome'), ['ci', '--error-on-warnings', '.']) },
  build: { title: 'Build', run: build },
  types: { title: 'Types of tests and scripts', run: () => runProgram(toolPath('tsc'), ['-p', 'tsconfig.tests.json']) },
  // After the build: types that a test imports come from dist.
  promises: {
    title: 'Promises and switches',
    run: () => runProgram(toolPath('oxlint'), ['--type-aware', '--deny-warnings', '--disable-nested-config']),
  },
  unused: { title: 'Unused code', run: () => runProgram(toolPath('knip'), []) },
  unit: { title: 'Unit tests', run: () => runTests('unit') },
  integration: { title: 'Integration tests', run: () => runTests('integration') },
  stories: { title: 'Stories in the browser', run: runStories },
};

const { values, positionals } = readArguments();
if (values.help) {
  console.log(`npm test [-- --only STAGE[,STAGE…]] [FILTER…]

Stages, in their order: ${Object.keys(stages).join(', ')}.
A FILTER is a part of a test file's path; it narrows unit, integration and stories.`);
} else {
  process.exitCode = await runStages(chooseStages(values.only ?? []));
}

function readArguments() {
  const options = /** @type {const} */ ({ only: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } });
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** @returns {string[]} */
function chooseStages(/** @type {string[]} */ only) {
  if (only.length === 0) return Object.keys(stages);
  const chosen = only.flatMap((names) => names.split(','));
  const unknown = chosen.filter((name) => !Object.hasOwn(stages, name));
  if (unknown.length > 0) refuse(`There is no stage ${unknown.join(', ')}; there are: ${Object.keys(stages).join(', ')}.`);
  // Scenarios start the built command, and need the broker where it can be had.
  if (chosen.includes('integration')) chosen.push('activemq', 'keystore', 'build');
  if (chosen.includes('stories')) chosen.push('chromium', 'build');
  return Object.keys(stages).filter((name) => chosen.includes(name));
}

/** @returns {never} */
function refuse(/** @type {string} */ reason) {
  console.error(reason);
  process.exit(2);
}

/** @returns {Promise<number>} the exit code of the first stage that fails, else 0. */
async function runStages(/** @type {string[]} */ names) {
  let code = await bootstrap();
  if (code !== 0) totals.failed += 1;
  for (const name of names) {
    if (code !== 0) break;
    const stage = /** @type {Stage} */ (stages[name]);
    const failedBefore = totals.failed;
    console.log(`\n--- ${stage.title} (${name})`);
    const startedAt = Date.now();
    code = await stage.run();
    const time = `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
    console.log(`--- ${stage.title}: ${code === 0 ? 'good' : `FAILED (exit code ${code})`}, ${time}`);
    // A stage without tests of its own counts as one, so that the last line never reads as a success.
    if (code !== 0 && totals.failed === failedBefore) totals.failed += 1;
    if (code !== 0) closingRemarks.push(`Stopped at the stage "${name}": ${stage.title}. Repeat it with: npm test -- --only ${name}`);
  }
  console.log('');
  if (totals.skipped > 0) closingRemarks.push(`${totals.skipped} left out`);
  for (const remark of closingRemarks) console.log(remark);
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  return code;
}

/**
 * Where a program is missing and may not be installed, what needs it is left out, and the last lines say so. All else is a failure.
 *
 * @returns {Promise<number>}
 */
async function checkSoftware(/** @type {import('./debian-software.js').DebianSoftware} */ software, /** @type {string} */ leftOut) {
  const outcome = await ensureInstalled(software);
  const command = installCommandOf(software);
  if (outcome.state === 'present') return 0;
  if (outcome.state === 'failed') {
    console.error(`${software.name} could not be installed: ${outcome.reason}. Put that right, then as root: ${command}`);
    return 1;
  }
  const advice = `${software.name} is missing and may not be installed from here. As root: ${command}`;
  console.error(advice);
  if (process.env.CI) return 1;
  closingRemarks.push(`${leftOut} ${advice}`);
  missing.add(software.name);
  return 0;
}

/** Counts even when the run fails. */
async function runTests(/** @type {string} */ project) {
  const reportFile = join(cacheFolder, `${project}-report.json`);
  mkdirSync(cacheFolder, { recursive: true });
  rmSync(reportFile, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const code = await runProgram(toolPath('vitest'), ['run', '--project', project, ...reporters, ...positionals]);
  const counts = countTests(reportFile);
  totals.passed += counts.passed;
  totals.failed += counts.failed;
  totals.skipped += counts.skipped;
  return code;
}

/** Counts even when the run fails. */
async function runStories() {
  if (missing.has(chromium.name)) return 0;
  const reportFile = join(cacheFolder, 'stories-report.json');
  mkdirSync(cacheFolder, { recursive: true });
  rmSync(reportFile, { force: true });
  const environment = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile };
  const code = await runProgram(toolPath('playwright'), ['test', '--config', 'e2e/playwright.config.ts', ...positionals], environment);
  const counts = countStories(reportFile);
  totals.passed += counts.passed;
  totals.failed += counts.failed;
  totals.skipped += counts.skipped;
  return code;
}
