import type { Platform } from '../harness/platform.ts';

/** SIGKILL, or what comes nearest to it for the broker in this process; persistent messages stay. */
export async function killBroker({ simulator, activeMq }: Platform): Promise<void> {
  await (activeMq === null ? simulator.broker?.kill() : activeMq.kill());
}

/** Starts the killed broker again on its port. */
export async function startBroker({ simulator, activeMq }: Platform): Promise<void> {
  await (activeMq === null ? simulator.broker?.start() : activeMq.start());
}
