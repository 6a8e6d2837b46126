import { WirebookError } from '@wirebook/errors';
import { type ConfigOf, type Execute, setField } from '@wirebook/node-kit';
import type { soarLink } from './descriptor.ts';

const suiteHost = /^https:\/\/cases-rest\./;

export const executeLink: Execute<typeof soarLink> = ({ config, message, services, emit }) => {
  const { address, orgId } = services.platform.catalogue;
  const link = makeLink(config, { address, orgId });
  const result = config.text === '' ? link : `<a href="${escapeHtml(link)}">${escapeHtml(config.text)}</a>`;
  emit('out', config.path === '' ? result : setField(message, config.path, result));
};

function makeLink({ to, incidentId, taskId }: ConfigOf<typeof soarLink>, { address, orgId }: { address: string; orgId: number }): string {
  // The cloud suite serves people and programs under two names.
  const page = suiteHost.test(address) ? `${address.replace(suiteHost, 'https://')}/app/respond/#cases` : `${address}/#incidents`;
  const query = new URLSearchParams({ orgId: String(orgId) });
  if (to === 'task') {
    if (taskId === undefined) throw new WirebookError('NODE_INPUT_INVALID', 'field "taskId": a link to a task needs its id');
    query.set('taskId', String(taskId));
    query.set('tabName', 'details');
  } else if (to !== 'incident') {
    query.set('tabName', to);
  }
  return `${page}/${incidentId}?${query}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
