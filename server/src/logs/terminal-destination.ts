import { type DestinationStream, pino } from 'pino';

/** Standard error, line by line. A terminal that is closed takes no more lines, which ends nothing: what is in hand is finished first. */
export function openTerminalDestination(): DestinationStream {
  const terminal = pino.destination({ dest: 2, sync: true });
  let isClosed = false;
  terminal.on('error', () => {
    isClosed = true;
  });
  return {
    write: (line) => {
      if (!isClosed) terminal.write(line);
    },
  };
}
