import { isJsonObject, WirebookError } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import type { soarTaskList } from './descriptor.ts';

/** Of a task's status, as the platform writes it whatever the format of handles. */
const closed: readonly unknown[] = ['C', 'Closed'];

export const executeTaskList: Execute<typeof soarTaskList> = async ({ config, services, log, emit }) => {
  const path = `/incidents/${config.incidentId}/tasks`;
  const { body } = await services.platform.request({ method: 'GET', path, handleFormat: config.handles });
  if (!Array.isArray(body)) throw new WirebookError('SOAR_RESPONSE_INVALID', `GET ${path}: the answer is no list of tasks`);
  const tasks = body
    .filter(isJsonObject)
    .filter(({ status }) => config.status === 'all' || closed.includes(status) === (config.status === 'closed'));
  log.info(`incident ${config.incidentId} has ${body.length} tasks, of which ${tasks.length} go on`);
  if (config.output === 'list') emit('out', tasks);
  else for (const each of tasks) emit('each', each);
};
