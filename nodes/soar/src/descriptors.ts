import type { NodeDescriptor } from '@wirebook/node-kit';
import { soarAck } from './ack/descriptor.ts';
import { soarArtifactAdd } from './artifact-add/descriptor.ts';
import { soarArtifactDownload } from './artifact-download/descriptor.ts';
import { soarArtifactSearch } from './artifact-search/descriptor.ts';
import { soarArtifactUpload } from './artifact-upload/descriptor.ts';
import { soarAttachmentDownload } from './attachment-download/descriptor.ts';
import { soarAttachmentList } from './attachment-list/descriptor.ts';
import { soarAttachmentUpload } from './attachment-upload/descriptor.ts';
import { soarConnector } from './connector/descriptor.ts';
import { soarConnectorResult } from './connector-result/descriptor.ts';
import { soarDestination } from './destination/descriptor.ts';
import { soarError } from './error/descriptor.ts';
import { soarFunction } from './function/descriptor.ts';
import { soarInbound } from './inbound/descriptor.ts';
import { soarIncidentClose } from './incident-close/descriptor.ts';
import { soarIncidentCreate } from './incident-create/descriptor.ts';
import { soarIncidentDelete } from './incident-delete/descriptor.ts';
import { soarIncidentGet } from './incident-get/descriptor.ts';
import { soarIncidentMembers } from './incident-members/descriptor.ts';
import { soarIncidentPatch } from './incident-patch/descriptor.ts';
import { soarIncidentSearch } from './incident-search/descriptor.ts';
import { soarIncidentUpdate } from './incident-update/descriptor.ts';
import { soarLabel } from './label/descriptor.ts';
import { soarLink } from './link/descriptor.ts';
import { soarMilestoneAdd } from './milestone-add/descriptor.ts';
import { soarNoteAdd } from './note-add/descriptor.ts';
import { soarRest } from './rest/descriptor.ts';
import { soarResult } from './result/descriptor.ts';
import { soarSearch } from './search/descriptor.ts';
import { soarStatus } from './status/descriptor.ts';
import { soarTableDelete } from './table-delete/descriptor.ts';
import { soarTableRow } from './table-row/descriptor.ts';
import { soarTableRows } from './table-rows/descriptor.ts';
import { soarTableSearch } from './table-search/descriptor.ts';
import { soarTaskAdd } from './task-add/descriptor.ts';
import { soarTaskClose } from './task-close/descriptor.ts';
import { soarTaskList } from './task-list/descriptor.ts';
import { soarTaskNoteAdd } from './task-note-add/descriptor.ts';
import { soarTaskUpdate } from './task-update/descriptor.ts';
import { soarWikiPage } from './wiki-page/descriptor.ts';

export {
  soarAck,
  soarArtifactAdd,
  soarArtifactDownload,
  soarArtifactSearch,
  soarArtifactUpload,
  soarAttachmentDownload,
  soarAttachmentList,
  soarAttachmentUpload,
  soarConnector,
  soarConnectorResult,
  soarDestination,
  soarError,
  soarFunction,
  soarInbound,
  soarIncidentClose,
  soarIncidentCreate,
  soarIncidentDelete,
  soarIncidentGet,
  soarIncidentMembers,
  soarIncidentPatch,
  soarIncidentSearch,
  soarIncidentUpdate,
  soarLabel,
  soarLink,
  soarMilestoneAdd,
  soarNoteAdd,
  soarRest,
  soarResult,
  soarSearch,
  soarStatus,
  soarTableDelete,
  soarTableRow,
  soarTableRows,
  soarTableSearch,
  soarTaskAdd,
  soarTaskClose,
  soarTaskList,
  soarTaskNoteAdd,
  soarTaskUpdate,
  soarWikiPage,
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
  soarTaskList,
  soarTaskAdd,
  soarTaskUpdate,
  soarTaskClose,
  soarTaskNoteAdd,
  soarMilestoneAdd,
  soarIncidentClose,
  soarIncidentDelete,
  soarIncidentMembers,
  soarAttachmentList,
  soarAttachmentDownload,
  soarAttachmentUpload,
  soarIncidentPatch,
  soarTableSearch,
  soarTableRows,
  soarTableDelete,
  soarArtifactSearch,
  soarArtifactUpload,
  soarArtifactDownload,
  soarSearch,
  soarWikiPage,
  soarLabel,
  soarLink,
];
