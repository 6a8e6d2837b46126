import type { JsonObject } from '../json-value.ts';
import { toAttachmentDto } from './attached-files.ts';
import { encodeFieldValue } from './field-value.ts';
import type { HandleFormat } from './handle-format.ts';
import { type Artifact, getType, type Incident, type Organisation } from './organisation.ts';
import { toPrincipalDto } from './principal.ts';

export interface ArtifactPlace {
  readonly org: Organisation;
  readonly incident: Incident;
}

export function toArtifactDto(artifact: Artifact, { org, incident }: ArtifactPlace, format: HandleFormat): JsonObject {
  const typeField = getType(org, 'artifact').fields.get('type');
  const type = typeField === undefined ? artifact.typeId : encodeFieldValue(typeField, artifact.typeId, format, org.optionsOf);
  return {
    id: artifact.id,
    type,
    value: artifact.value,
    description: artifact.description,
    attachment: artifact.file === null ? null : toAttachmentDto(artifact.file, incident),
    parent_id: null,
    inc_id: incident.id,
    inc_name: incident.state.name ?? null,
    inc_owner: incident.state.owner_id ?? null,
    hits: [],
    created: artifact.createdMs,
    last_modified_time: artifact.createdMs,
    last_modified_by: toPrincipalDto(artifact.author),
    creator_principal: toPrincipalDto(artifact.author),
    pending_sources: [],
    pending_scan_result: false,
    perms: { read: true, write: true, delete: true },
    properties: null,
    actions: [],
    playbooks: [],
    hash: artifact.hash,
    relating: true,
    related_incident_count: null,
    global_info: null,
    global_artifact: [],
    ip: { source: null, destination: null },
  };
}
