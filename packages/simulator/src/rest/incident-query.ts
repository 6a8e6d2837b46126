import type { JsonObject } from '../json-value.ts';
import { readField } from '../platform/field-value.ts';
import { findIncidentField, toIncidentDto, toPartialIncidentDto } from '../platform/incident-state.ts';
import type { Incident } from '../platform/organisation.ts';
import { queryObjects, toPage } from './object-query.ts';
import type { OrgRequest } from './rest-route.ts';

const ownKeys: ReadonlySet<string> = new Set(['id', 'vers', 'inc_last_modified_date']);

export interface IncidentAnswer {
  readonly page: JsonObject;
  readonly all: JsonObject[];
}

/** @throws WirebookError SIMULATOR_REST_REFUSED (400) naming an unknown field or method. */
export function queryIncidents(request: OrgRequest): IncidentAnswer {
  const { org, format, query } = request;
  const answer = queryObjects(request, {
    word: 'incident',
    objects: [...org.incidents.values()],
    idOf: ({ id }) => id,
    read(incident, name) {
      const field = ownKeys.has(name) ? undefined : findIncidentField(org, name);
      if (field !== undefined) return { value: readField(incident.state, field), field };
      return ownKeys.has(name) ? { value: incident.state[name] } : undefined;
    },
  });
  const toDto = query.return_level === 'full' || query.return_level === 'normal' ? toIncidentDto : toPartialIncidentDto;
  const shown = (incident: Incident) => toDto(org, incident.state, format);
  return { page: toPage(answer, shown), all: answer.matching.map(shown) };
}
