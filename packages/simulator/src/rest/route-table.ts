import { actionRoutes } from './actions.ts';
import { artifactRoutes } from './artifacts.ts';
import { attachmentRoutes } from './attachments.ts';
import { commentRoutes } from './comments.ts';
import { connectorRoutes } from './connectors.ts';
import { functionRoutes } from './functions.ts';
import { incidentRoutes } from './incidents.ts';
import { memberRoutes } from './members.ts';
import { messageDestinationRoutes } from './message-destinations.ts';
import { milestoneRoutes } from './milestones.ts';
import { objectTypeRoutes } from './object-types.ts';
import { orgRoutes } from './orgs.ts';
import { playbookRoutes } from './playbooks.ts';
import type { OrgRoute } from './rest-route.ts';
import { scriptRoutes } from './scripts.ts';
import { tableDataRoutes } from './table-data.ts';
import { taskRoutes } from './tasks.ts';
import { userRoutes } from './users.ts';
import { wikiRoutes } from './wikis.ts';
import { workflowRoutes } from './workflows.ts';

/** Every resource below `/rest/orgs/{id}`; a new one is a file and a line here. */
export const routeTable: readonly OrgRoute[] = [
  ...orgRoutes,
  ...objectTypeRoutes,
  ...functionRoutes,
  ...actionRoutes,
  ...workflowRoutes,
  ...scriptRoutes,
  ...playbookRoutes,
  ...messageDestinationRoutes,
  ...connectorRoutes,
  ...incidentRoutes,
  ...commentRoutes,
  ...artifactRoutes,
  ...attachmentRoutes,
  ...taskRoutes,
  ...milestoneRoutes,
  ...memberRoutes,
  ...tableDataRoutes,
  ...userRoutes,
  ...wikiRoutes,
];
