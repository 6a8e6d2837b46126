import { describeError, toExitCode } from '../cli/exit-codes.ts';
import { listenForEnd } from '../listen-for-end.ts';
import { readProcessEnvironment } from '../process-environment.ts';
import { runEngineChild } from './engine-child.ts';

const ending = new AbortController();
listenForEnd(ending);
// The server is gone, however it ended: what is in hand is finished, then this process ends too.
process.once('disconnect', () => ending.abort('disconnect'));
if (process.send === undefined) {
  process.stderr.write('This program is started by the Wirebook server; run "wirebook run" for an engine of its own.\n');
  process.exit(2);
}

function send(text: string, done: () => void): void {
  if (process.connected) process.send?.(text, undefined, undefined, () => done());
  else done();
}

const [configFile = '', dataDir = '', logLevel] = process.argv.slice(2);
try {
  process.exitCode = await runEngineChild({
    environment: readProcessEnvironment(),
    configFile,
    dataDir,
    logLevel,
    send,
    onText: (listener) =>
      process.on('message', (message: unknown) => {
        if (typeof message === 'string') listener(message);
      }),
    signal: ending.signal,
    onUncaught: (listener) => {
      process.once('uncaughtException', listener);
      process.once('unhandledRejection', listener);
    },
  });
} catch (thrown) {
  process.stderr.write(`${describeError(thrown)}\n`);
  process.exitCode = toExitCode(thrown);
}
// What was handed to the channel before has left when this has.
await new Promise<void>((settle) => send(JSON.stringify({ type: 'ended' }), settle));
// A stray timer or socket must not keep a process alive that has said its last word.
process.exit();
