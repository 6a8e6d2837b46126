import type { FireRequest, InvocationView, Simulator } from '@wirebook/simulator';
import { waitFor } from './wait-for.ts';

/** Fires a function or a rule and waits until the platform no longer waits for an answer. */
export async function fireAndWait(simulator: Simulator, request: FireRequest): Promise<InvocationView> {
  const id = await simulator.invocations.fire(request);
  return await waitForEnd(simulator, id);
}

/** The invocation when it is complete, failed or timed out. */
export async function waitForEnd(simulator: Simulator, id: number): Promise<InvocationView> {
  return await waitFor(`the end of invocation ${id}`, () => {
    const view = simulator.invocations.find(id);
    return view !== undefined && view.status !== 'Pending' ? view : undefined;
  });
}
