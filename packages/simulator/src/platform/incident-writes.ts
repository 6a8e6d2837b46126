import type { JsonObject, JsonValue } from '../json-value.ts';
import type { Field } from './field.ts';
import { changeIncidentState, createIncidentState, replaceIncidentState, type WriteContext } from './incident-state.ts';
import { getIncident, type Incident, type Organisation } from './organisation.ts';
import type { Actor, Platform } from './platform.ts';

/** Where a write happens and who does it. */
export interface WritePlace {
  readonly platform: Platform;
  readonly org: Organisation;
  readonly actor: Actor;
}

function contextOf({ platform, org, actor }: WritePlace): WriteContext {
  return { org, principal: actor.principal, nowMs: platform.clock.now() };
}

export function createIncident(place: WritePlace, body: JsonObject): Incident {
  const { platform, org, actor } = place;
  const state = createIncidentState(body, platform.counters.nextObjectId('incident'), contextOf(place));
  const id = Number(state.id);
  const incident: Incident = {
    id,
    state,
    creator: actor.principal,
    notes: new Map(),
    artifacts: new Map(),
    rows: new Map(),
    attachments: new Map(),
    tasks: new Map(),
    milestones: new Map(),
  };
  org.incidents.set(id, incident);
  platform.onChange({ org, incident, typeName: 'incident', objectId: id, before: null, after: state, actor });
  return incident;
}

/** @throws WirebookError SIMULATOR_REST_REFUSED: 404, 409 or 400 */
export function replaceIncident(place: WritePlace, id: number, body: JsonObject): Incident {
  const incident = getIncident(place.org, id);
  return save(place, incident, replaceIncidentState(incident.state, body, contextOf(place)));
}

/** Sets single fields without a version, as PATCH and post-process steps do. */
export function changeIncident(place: WritePlace, incident: Incident, values: ReadonlyMap<Field, JsonValue>): Incident {
  return save(place, incident, changeIncidentState(incident.state, values, contextOf(place)));
}

function save({ platform, org, actor }: WritePlace, incident: Incident, after: JsonObject): Incident {
  const before = incident.state;
  incident.state = after;
  platform.onChange({ org, incident, typeName: 'incident', objectId: incident.id, before, after, actor });
  return incident;
}

/** @throws WirebookError SIMULATOR_REST_REFUSED (404) */
export function deleteIncident({ platform, org }: WritePlace, id: number): void {
  const incident = getIncident(org, id);
  org.incidents.delete(id);
  platform.onRemove(org, incident);
}
