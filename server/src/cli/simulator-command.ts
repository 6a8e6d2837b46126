import { runSimulatorCommand } from '@wirebook/simulator';
import type { CommandIo } from './command-io.ts';
import { exitCodes } from './exit-codes.ts';
import type { SimulatorCommandLine } from './simulator-command-line.ts';

/** `wirebook simulator`: runs until it is told to end. */
export async function runSimulator(options: SimulatorCommandLine, io: CommandIo): Promise<number> {
  await runSimulatorCommand(
    {
      restPort: options.restPort,
      stompPort: options.stompPort,
      controlPort: options.controlPort,
      dataDir: options.data,
      broker: options.broker === undefined ? undefined : { url: options.broker, caFile: options.brokerCa },
      seed: options.seed,
      json: options.json,
    },
    { stdout: { write: (text) => io.print(text.trimEnd()) }, signal: io.signal },
  );
  return exitCodes.ok;
}
