// @ts-check
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { rootFolder } from './repository.js';

/**
 * Runs a program in the root folder with our terminal.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [environment] the whole environment; default ours.
 * @returns {Promise<number>} the exit code; 128 and more after a signal, 127 when it could not be started.
 */
export function runProgram(program, args, environment = process.env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: rootFolder, stdio: 'inherit', env: environment });
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      // A terminal sends its SIGINT to the whole group: passed on, the child would see a second one, and hurry.
      if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on('SIGINT', pass).on('SIGTERM', pass);
    const settle = (/** @type {number} */ code) => {
      process.off('SIGINT', pass).off('SIGTERM', pass);
      resolve(code);
    };
    child.once('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      settle(127);
    });
    child.once('close', (code, signal) => settle(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/**
 * Whether this module is the program that node was started with.
 *
 * @param {string} moduleUrl import.meta.url of the caller.
 */
export function isMainModule(moduleUrl) {
  return process.argv[1] !== undefined && moduleUrl === pathToFileURL(realpathSync(process.argv[1])).href;
}
