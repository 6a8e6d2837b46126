import { type OrgRoute, ok } from './rest-route.ts';

/** `/connectors/queues`: the simulated organisations have no connectors. */
export const connectorRoutes: readonly OrgRoute[] = [
  { method: 'get', path: '/connectors/queues', handle: ({ org }) => ok({ queues: [], org_id: org.id }) },
];
