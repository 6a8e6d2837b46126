import type { ActionState, ConsoleIncidentsView } from '@wirebook/api';
import { WirebookError } from '@wirebook/errors';
import type { Simulator } from '@wirebook/simulator';
import type { RouteHandlers } from '../http/route-handlers.ts';
import { listActionStatus } from './action-status-rows.ts';

export type ConsoleRoute = 'listConsoleIncidents' | 'getConsoleIncident' | 'runConsoleAction' | 'getActionStatus';

const actionStates: readonly ActionState[] = ['Pending', 'Complete', 'Error', 'Timed Out'];

/**
 * The analyst's side of the simulated platform.
 *
 * @param simulator null when the server uses another platform: then every route is SERVER_CONSOLE_ABSENT.
 */
export function createConsoleHandlers(
  simulator: Pick<Simulator, 'desk' | 'invocations' | 'orgId'> | null,
): Pick<RouteHandlers, ConsoleRoute> {
  function open() {
    if (simulator !== null) return simulator;
    throw new WirebookError('SERVER_CONSOLE_ABSENT', 'this server uses the platform that app.config names, and has no simulated one');
  }
  return {
    listConsoleIncidents: (): ConsoleIncidentsView => {
      const { desk } = open();
      return { orgName: desk.orgName, incidents: desk.listIncidents() };
    },
    getConsoleIncident: ({ params }) => {
      const { desk } = open();
      return tellAbsent(() => desk.getIncident(readIncidentId(params.incidentId)));
    },
    runConsoleAction: async ({ body }) => {
      const { desk } = open();
      return { invocationId: await tellAbsent(() => desk.fire(body)) };
    },
    getActionStatus: ({ query }) => {
      const { invocations, orgId } = open();
      const incidentId = query.incidentId === undefined ? undefined : readIncidentId(query.incidentId);
      return { rows: listActionStatus(invocations, { orgId, incidentId, status: readStatus(query.status) }) };
    },
  };
}

function readIncidentId(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new WirebookError('SERVER_REQUEST_INVALID', `the id of an incident is a whole number, not "${text.slice(0, 100)}"`);
}

function readStatus(text: string | undefined): ActionState | undefined {
  const status = actionStates.find((state) => state === text);
  if (text === undefined || status !== undefined) return status;
  throw new WirebookError('SERVER_REQUEST_INVALID', `status has to be one of: ${actionStates.join(', ')}`);
}

/** What the simulated platform answers with 404 is answered so here, with its words. */
async function tellAbsent<Result>(ask: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof WirebookError && thrown.code === 'SIMULATOR_REST_REFUSED' && thrown.details?.status === 404) {
      throw new WirebookError('SERVER_OBJECT_UNKNOWN', thrown.message, thrown);
    }
    throw thrown;
  }
}
