import type { ActionModule } from '../actions/action-module.ts';
import { incidentTypeName } from '../platform/object-type.ts';
import { getIncident } from '../platform/organisation.ts';
import { getOrganisation, type Platform } from '../platform/platform.ts';
import { refusal } from '../platform/rest-refusal.ts';
import type { DeskIncident, DeskIncidentSummary, DeskObject } from './analyst-view.ts';
import type { ChangeFeed, DeskChange } from './change-feed.ts';
import { toIncidentSummary, toIncidentView } from './incident-view.ts';

/** What an analyst chose from a menu. */
export interface DeskFire {
  readonly rule: string;
  readonly incidentId: number;
  /** Absent for a rule of the incident itself. */
  readonly object?: { readonly type: DeskObject['type']; readonly id: number } | undefined;
  /** Activity fields by API name; JSON values. */
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

/** One organisation as an analyst sees and uses it. */
export interface AnalystDesk {
  readonly orgName: string;
  /** Newest first. */
  listIncidents(): readonly DeskIncidentSummary[];
  /** @throws WirebookError SIMULATOR_REST_REFUSED with `status` 404. */
  getIncident(id: number): DeskIncident;
  /**
   * Runs a menu rule.
   *
   * @returns the id of the invocation, once its first messages are with the broker.
   * @throws WirebookError SIMULATOR_REST_REFUSED with `status` (404: no such incident or object), SIMULATOR_REQUEST_INVALID.
   */
  fire(request: DeskFire): Promise<number>;
  /** @returns ends the listening. */
  onChange(listener: (change: DeskChange) => void): () => void;
}

export interface AnalystDeskOptions {
  readonly platform: Platform;
  readonly orgId: number;
  readonly actions: Pick<ActionModule, 'fire'>;
  readonly feed: ChangeFeed;
}

export function createAnalystDesk({ platform, orgId, actions, feed }: AnalystDeskOptions): AnalystDesk {
  /** Organisations are made anew by a reset. */
  const organisation = () => getOrganisation(platform, orgId);

  /** @throws SIMULATOR_REST_REFUSED (404) */
  function toObjectType(incidentId: number, object: NonNullable<DeskFire['object']>): string {
    const incident = getIncident(organisation(), incidentId);
    const [found, typeName] = {
      artifact: () => [incident.artifacts.get(object.id), 'artifact'] as const,
      note: () => [incident.notes.get(object.id), 'note'] as const,
      task: () => [incident.tasks.get(object.id), 'task'] as const,
      attachment: () => [incident.attachments.get(object.id), 'attachment'] as const,
      milestone: () => [incident.milestones.get(object.id), 'milestone'] as const,
      row: () => {
        const row = incident.rows.get(object.id);
        return [row, row?.tableName ?? ''] as const;
      },
    }[object.type]();
    if (found === undefined) throw refusal(404, `Incident ${incidentId} has no ${object.type} ${object.id}.`);
    return typeName;
  }

  return {
    get orgName() {
      return organisation().name;
    },
    listIncidents: () => [...organisation().incidents.values()].map((incident) => toIncidentSummary(organisation(), incident)).reverse(),
    getIncident: (id) => toIncidentView({ org: organisation(), incident: getIncident(organisation(), id), nowMs: platform.clock.now() }),
    async fire({ rule, incidentId, object, properties }) {
      const target =
        object === undefined
          ? { type: incidentTypeName, id: getIncident(organisation(), incidentId).id }
          : { type: toObjectType(incidentId, object), id: object.id };
      return (await actions.fire({ org: orgId, rule, incident: incidentId, object: target, properties })).id;
    },
    onChange: (listener) =>
      feed.onChange((change) => {
        if (change.orgId === orgId) listener(change);
      }),
  };
}
