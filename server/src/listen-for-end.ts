const terminals = [process.stdin, process.stdout, process.stderr];

/**
 * Aborts when this process is asked to end: SIGTERM, Ctrl+C, or a terminal that is gone. A process that never had a terminal goes on after
 * SIGHUP; Node takes away the protection of nohup, which is why it is said here.
 */
export function listenForEnd(ending: AbortController): void {
  const hasTerminal = terminals.some(({ isTTY }) => isTTY === true);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => ending.abort(signal));
  process.on('SIGHUP', () => {
    if (hasTerminal) ending.abort('SIGHUP');
  });
  // What is still written while runs finish finds the terminal closed.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (!hasTerminal) throw error;
      ending.abort('SIGHUP');
    });
  }
}
