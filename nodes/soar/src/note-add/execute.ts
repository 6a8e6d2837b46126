import type { Execute } from '@wirebook/node-kit';
import type { soarNoteAdd } from './descriptor.ts';

export const executeNoteAdd: Execute<typeof soarNoteAdd> = async ({ config, services, emit }) => {
  const { body } = await services.platform.request({
    method: 'POST',
    path: `/incidents/${config.incidentId}/comments`,
    body: { text: { format: config.format, content: config.text } },
  });
  emit('out', body);
};
