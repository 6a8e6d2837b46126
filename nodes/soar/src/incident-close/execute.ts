import type { Execute } from '@wirebook/node-kit';
import { assertNoneMissing, encodeChanges, isEmptyValue, listNeeded, readField, withChanges } from '../field-changes.ts';
import type { soarIncidentClose } from './descriptor.ts';

const closed = 'C';

export const executeIncidentClose: Execute<typeof soarIncidentClose> = async ({ config, services, log, emit }) => {
  const { catalogue } = services.platform;
  const changes = await encodeChanges(catalogue, 'incident', config.fields);
  const required = ((await catalogue.listFields('incident')) ?? []).filter((field) => field.required === 'close');
  const { after, attempts } = await services.platform.readChangeWrite({
    path: `/incidents/${config.incidentId}`,
    apply: (current) => {
      const needed = listNeeded(current, changes);
      if (current.plan_status === closed && needed.length === 0) return undefined;
      const next = withChanges({ ...current, plan_status: closed }, needed);
      assertNoneMissing(
        required.filter((field) => isEmptyValue(readField(next, field))),
        'for closing',
      );
      return next;
    },
  });
  log.info(attempts === 0 ? `incident ${config.incidentId} is closed already` : `incident ${config.incidentId} is closed`);
  emit('out', after);
};
