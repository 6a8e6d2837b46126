// @ts-check
import { bootstrap } from './bootstrap.js';
import { build } from './build.js';
import { runProgram } from './run-program.js';

const code = (await bootstrap()) || (await timedBuild());
process.exitCode = code || (await runProgram(process.execPath, ['server/bin/wirebook.js', 'start', ...process.argv.slice(2)]));

async function timedBuild() {
  const startedAt = Date.now();
  const code = await build();
  if (code === 0) console.log(`Build: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
  return code;
}
