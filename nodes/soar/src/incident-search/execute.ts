import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { ConfigOf, Execute, PlatformCatalogue } from '@wirebook/node-kit';
import { encodeConditionValue } from '../encode-condition-value.ts';
import { getField, qualifyName } from '../find-field.ts';
import type { soarIncidentSearch } from './descriptor.ts';

type SearchConfig = ConfigOf<typeof soarIncidentSearch>;

const path = '/incidents/query_paged';
/** The most that the platform gives at a time. */
const pageSize = 100;

export const executeIncidentSearch: Execute<typeof soarIncidentSearch> = async ({ config, services, log, emit }) => {
  const query = await encodeQuery(config, services.platform.catalogue);
  const incidents: JsonValue[] = [];
  let found = 0;
  do {
    const length = Math.min(pageSize, config.limit - incidents.length);
    const { body } = await services.platform.request({
      method: 'POST',
      path,
      repeatable: true,
      handleFormat: config.handles,
      query: { return_level: config.fieldsRead },
      body: { ...query, start: incidents.length, length },
    });
    const page = readPage(body);
    found = page.found;
    incidents.push(...page.data);
    if (page.data.length < length) break;
  } while (incidents.length < Math.min(config.limit, found));
  const more = found > incidents.length ? `, of which the first ${incidents.length} go on` : '';
  log.info(`${found} incidents match${more}`);
  if (config.output === 'list') emit('out', incidents);
  else for (const incident of incidents) emit('each', incident);
};

async function encodeQuery(config: SearchConfig, catalogue: PlatformCatalogue): Promise<JsonObject> {
  const definitions = (await catalogue.listFields('incident')) ?? [];
  const conditions = config.conditions.map(({ field: name, method, value }) => {
    const field = getField(definitions, name, 'incident');
    return { field_name: qualifyName(field), method, value: encodeConditionValue(field, method, value) };
  });
  const sorts =
    config.sortBy === '' ? [] : [{ field_name: qualifyName(getField(definitions, config.sortBy, 'incident')), type: config.direction }];
  return { filters: conditions.length === 0 ? [] : [{ conditions, logic_type: config.logic }], sorts };
}

function readPage(body: JsonValue): { readonly found: number; readonly data: readonly JsonValue[] } {
  if (!isJsonObject(body) || !Array.isArray(body.data) || typeof body.recordsFiltered !== 'number') {
    throw new WirebookError('SOAR_RESPONSE_INVALID', `POST ${path}: the answer has no list of incidents with their number`);
  }
  return { found: body.recordsFiltered, data: body.data };
}
