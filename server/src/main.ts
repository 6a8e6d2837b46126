import { describeError, toExitCode } from './cli/exit-codes.ts';
import { createProgram } from './cli/program.ts';
import { createSecretPrompt } from './cli/secret-prompt.ts';
import { listenForEnd } from './listen-for-end.ts';
import { readProcessEnvironment } from './process-environment.ts';

const ending = new AbortController();
listenForEnd(ending);

const askSecret = createSecretPrompt({ input: process.stdin, output: process.stderr, signal: ending.signal });

const program = createProgram({
  environment: readProcessEnvironment(),
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  askSecret,
  // A pipe is no person: what comes through it is meant for something else.
  askPassword: process.stdin.isTTY === true ? (email) => askSecret(`Password of ${email}`) : undefined,
  signal: ending.signal,
});

try {
  process.exitCode = await program.run(process.argv.slice(2));
} catch (thrown) {
  process.stderr.write(`${describeError(thrown)}\n`);
  process.exitCode = toExitCode(thrown);
}
// A stray timer or socket must not keep a command alive that has said its last word.
process.exit();
