import type { RouteHandlers } from '../http/route-handlers.ts';
import type { DeploymentDesk } from './deployment-desk.ts';

type DeploymentRoute = 'listDeployments' | 'previewDeployment' | 'deploy' | 'undeploy';

export function createDeploymentHandlers(desk: DeploymentDesk): Pick<RouteHandlers, DeploymentRoute> {
  return {
    listDeployments: () => desk.view(),
    previewDeployment: ({ body }) => desk.preview(body.flowIds),
    deploy: ({ body, user }) => desk.deploy(body, user.name),
    undeploy: ({ params, user }) => desk.undeploy(params.flowId, user.name),
  };
}
