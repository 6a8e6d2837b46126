import type { Execute } from '@wirebook/node-kit';
import type { soarTaskNoteAdd } from './descriptor.ts';

export const executeTaskNoteAdd: Execute<typeof soarTaskNoteAdd> = async ({ config, services, emit }) => {
  const { taskId, format, text, answers } = config;
  const answer = await services.platform.request({
    method: 'POST',
    path: `/tasks/${taskId}/comments`,
    body: { text: { format, content: text }, ...(answers === undefined ? {} : { parent_id: answers }) },
  });
  emit('out', answer.body);
};
