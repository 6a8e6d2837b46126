import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { WriteCheck, WriteCheckContext } from '@wirebook/node-kit';
import type { IncidentCreateConfig } from './new-incident.ts';

const lookedAt = 100;

/** Looks for the incident by its name, among those that were not there before the write. */
export const incidentCheck: WriteCheck<IncidentCreateConfig, 'out'> = {
  mark: async (context) => ({ idsBefore: (await listNamed(context)).map(({ id }) => id ?? null) }),
  find: async (context, { mark }) => {
    const idsBefore: readonly JsonValue[] | undefined = isJsonObject(mark) && Array.isArray(mark.idsBefore) ? mark.idsBefore : undefined;
    if (idsBefore === undefined) return { written: 'unknown', reason: 'it is not on record which incidents were there before' };
    const [found, ...others] = (await listNamed(context)).filter(({ id }) => !idsBefore.includes(id ?? null));
    if (found === undefined) return { written: false };
    if (others.length > 0) return { written: 'unknown', reason: `there are ${others.length + 1} further incidents of this name` };
    const { body } = await context.services.platform.request({ method: 'GET', path: `/incidents/${found.id}` });
    return { written: true, emissions: [{ port: 'out', message: body }] };
  },
};

/** The newest incidents with exactly this name. */
async function listNamed({ config, services }: WriteCheckContext<IncidentCreateConfig>): Promise<readonly JsonObject[]> {
  const path = '/incidents/query_paged';
  const { body } = await services.platform.request({
    method: 'POST',
    path,
    repeatable: true,
    query: { return_level: 'normal' },
    body: {
      filters: [{ conditions: [{ field_name: 'name', method: 'equals', value: config.name }], logic_type: 'all' }],
      sorts: [{ field_name: 'create_date', type: 'desc' }],
      start: 0,
      length: lookedAt,
    },
  });
  if (!isJsonObject(body) || !Array.isArray(body.data))
    throw new WirebookError('SOAR_RESPONSE_INVALID', `POST ${path}: the answer has no list of incidents`);
  return body.data.filter(isJsonObject);
}
