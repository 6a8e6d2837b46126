import type { Execute } from '@wirebook/node-kit';
import type { soarTaskClose } from './descriptor.ts';

export const executeTaskClose: Execute<typeof soarTaskClose> = async ({ config, services, log, emit }) => {
  const status = config.reopen ? 'O' : 'C';
  const { after, attempts } = await services.platform.readChangeWrite({
    path: `/tasks/${config.taskId}`,
    apply: (current) => (current.status === status ? undefined : { ...current, status }),
  });
  const word = config.reopen ? 'open' : 'closed';
  log.info(attempts === 0 ? `task ${config.taskId} is ${word} already` : `task ${config.taskId} is ${word} now`);
  emit('out', after);
};
