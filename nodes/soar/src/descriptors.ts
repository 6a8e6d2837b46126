import type { NodeDescriptor } from '@wirebook/node-kit';
import { soarAck } from './ack/descriptor.ts';
import { soarArtifactAdd } from './artifact-add/descriptor.ts';
import { soarConnector } from './connector/descriptor.ts';
import { soarConnectorResult } from './connector-result/descriptor.ts';
import { soarDestination } from './destination/descriptor.ts';
import { soarError } from './error/descriptor.ts';
import { soarFunction } from './function/descriptor.ts';
import { soarInbound } from './inbound/descriptor.ts';
import { soarIncidentCreate } from './incident-create/descriptor.ts';
import { soarIncidentGet } from './incident-get/descriptor.ts';
import { soarIncidentSearch } from './incident-search/descriptor.ts';
import { soarIncidentUpdate } from './incident-update/descriptor.ts';
import { soarNoteAdd } from './note-add/descriptor.ts';
import { soarRest } from './rest/descriptor.ts';
import { soarResult } from './result/descriptor.ts';
import { soarStatus } from './status/descriptor.ts';
import { soarTableRow } from './table-row/descriptor.ts';

export {
  soarAck,
  soarArtifactAdd,
  soarConnector,
  soarConnectorResult,
  soarDestination,
  soarError,
  soarFunction,
  soarInbound,
  soarIncidentCreate,
  soarIncidentGet,
  soarIncidentSearch,
  soarIncidentUpdate,
  soarNoteAdd,
  soarRest,
  soarResult,
  soarStatus,
  soarTableRow,
};

/** In palette order. */
export const descriptors: readonly NodeDescriptor[] = [
  soarFunction,
  soarDestination,
  soarInbound,
  soarConnector,
  soarConnectorResult,
  soarIncidentUpdate,
  soarTableRow,
  soarNoteAdd,
  soarArtifactAdd,
  soarRest,
  soarStatus,
  soarResult,
  soarAck,
  soarError,
  soarIncidentCreate,
  soarIncidentGet,
  soarIncidentSearch,
];
