import type { Clock } from '@wirebook/node-kit';
import type { Simulator } from '@wirebook/simulator';
import type { CommandIo } from './command-io.ts';
import { findSampleArtifact } from './sample-artifact.ts';

const pollMs = 50;
const patienceMs = 15_000;

/** Fires the menu item Lookup Model as an analyst would, and tells what Action Status shows: whoever looks next finds a run. */
export async function showFirstAction(simulator: Simulator, clock: Clock, io: CommandIo): Promise<void> {
  const { incidentId, artifactId, value } = await findSampleArtifact(simulator, io.signal);
  io.print(`An analyst chooses "Lookup Model" on the artifact ${value} of incident ${incidentId}:`);
  const id = await simulator.invocations.fire({ rule: 'Lookup Model', incident: incidentId, object: { type: 'artifact', id: artifactId } });
  const untilMs = clock.monotonicMs() + patienceMs;
  let view = simulator.invocations.find(id);
  while (view?.status === 'Pending' && !io.signal.aborted && clock.monotonicMs() < untilMs) {
    await clock.sleep(pollMs);
    view = simulator.invocations.find(id);
  }
  if (view === undefined) return;
  for (const reply of view.replies) io.print(`  ${reply.receivedAt}  ${reply.complete ? 'completed' : 'status   '}  ${reply.message}`);
  io.print(`  Action Status: ${view.status}. ${view.information}`);
}
