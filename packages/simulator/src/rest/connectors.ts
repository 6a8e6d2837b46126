import { type OrgRoute, ok } from './rest-route.ts';

/** `/connectors/queues`: each organisation has one queue for its low-code connectors. */
export const connectorRoutes: readonly OrgRoute[] = [
  { method: 'get', path: '/connectors/queues', handle: ({ org }) => ok({ queues: [`connectors.${org.id}.main`], org_id: org.id }) },
];
