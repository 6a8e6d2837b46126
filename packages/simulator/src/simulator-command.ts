import { createSimulator, type Simulator } from './simulator.ts';
import type { SimulatorOptions } from './simulator-options.ts';

export interface SimulatorCommandOptions
  extends Pick<SimulatorOptions, 'restPort' | 'stompPort' | 'controlPort' | 'dataDir' | 'broker' | 'seed' | 'host'> {
  /** Whether the line that says it is ready is JSON. */
  readonly json?: boolean | undefined;
}

export interface CommandSurroundings {
  readonly stdout: { write(text: string): unknown };
  /** Ends the simulator. */
  readonly signal: AbortSignal;
}

/**
 * Runs a simulator until the signal aborts. Prints one line when everything listens.
 *
 * @throws WirebookError SIMULATOR_PORT_IN_USE naming the port.
 */
export async function runSimulatorCommand(options: SimulatorCommandOptions, { stdout, signal }: CommandSurroundings): Promise<void> {
  const simulator = await createSimulator(options);
  try {
    stdout.write(`${options.json === true ? JSON.stringify(readyRecord(simulator)) : readyText(simulator)}\n`);
    await aborted(signal);
  } finally {
    await simulator.close();
  }
}

function readyRecord(simulator: Simulator) {
  const { restUrl, stompHost, stompPort, controlUrl, caFile, org, orgId, apiKeyId, apiKeySecret, email, password } = simulator;
  return { ready: true, restUrl, stompHost, stompPort, controlUrl, caFile, org, orgId, apiKeyId, apiKeySecret, email, password };
}

function readyText({ restUrl, stompHost, stompPort, controlUrl, org, orgId, caFile }: Simulator): string {
  return `ready: REST ${restUrl}, STOMP ${stompHost}:${stompPort}, control ${controlUrl}, organisation ${orgId} "${org}", CA ${caFile}`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
