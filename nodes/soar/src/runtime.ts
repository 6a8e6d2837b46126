import { defineNode, type NodeRuntime } from '@wirebook/node-kit';
import { soarAck } from './ack/descriptor.ts';
import { executeAck } from './ack/execute.ts';
import { artifactCheck } from './artifact-add/check-artifact.ts';
import { soarArtifactAdd } from './artifact-add/descriptor.ts';
import { executeArtifactAdd } from './artifact-add/execute.ts';
import { soarArtifactDownload } from './artifact-download/descriptor.ts';
import { executeArtifactDownload } from './artifact-download/execute.ts';
import { soarArtifactSearch } from './artifact-search/descriptor.ts';
import { executeArtifactSearch } from './artifact-search/execute.ts';
import { fileArtifactCheck } from './artifact-upload/check-file-artifact.ts';
import { soarArtifactUpload } from './artifact-upload/descriptor.ts';
import { executeArtifactUpload } from './artifact-upload/execute.ts';
import { soarAttachmentDownload } from './attachment-download/descriptor.ts';
import { executeAttachmentDownload } from './attachment-download/execute.ts';
import { soarAttachmentList } from './attachment-list/descriptor.ts';
import { executeAttachmentList } from './attachment-list/execute.ts';
import { attachmentCheck } from './attachment-upload/check-attachment.ts';
import { soarAttachmentUpload } from './attachment-upload/descriptor.ts';
import { executeAttachmentUpload } from './attachment-upload/execute.ts';
import { soarConnector } from './connector/descriptor.ts';
import { executeConnector } from './connector/execute.ts';
import { soarConnectorResult } from './connector-result/descriptor.ts';
import { executeConnectorResult } from './connector-result/execute.ts';
import { soarDestination } from './destination/descriptor.ts';
import { executeDestination } from './destination/execute.ts';
import { soarError } from './error/descriptor.ts';
import { executeError } from './error/execute.ts';
import { soarFunction } from './function/descriptor.ts';
import { executeFunction } from './function/execute.ts';
import { soarInbound } from './inbound/descriptor.ts';
import { executeInbound } from './inbound/execute.ts';
import { soarIncidentClose } from './incident-close/descriptor.ts';
import { executeIncidentClose } from './incident-close/execute.ts';
import { incidentCheck } from './incident-create/check-incident.ts';
import { soarIncidentCreate } from './incident-create/descriptor.ts';
import { executeIncidentCreate } from './incident-create/execute.ts';
import { soarIncidentDelete } from './incident-delete/descriptor.ts';
import { executeIncidentDelete } from './incident-delete/execute.ts';
import { soarIncidentGet } from './incident-get/descriptor.ts';
import { executeIncidentGet } from './incident-get/execute.ts';
import { soarIncidentMembers } from './incident-members/descriptor.ts';
import { executeIncidentMembers } from './incident-members/execute.ts';
import { soarIncidentPatch } from './incident-patch/descriptor.ts';
import { executeIncidentPatch } from './incident-patch/execute.ts';
import { soarIncidentSearch } from './incident-search/descriptor.ts';
import { executeIncidentSearch } from './incident-search/execute.ts';
import { soarIncidentUpdate } from './incident-update/descriptor.ts';
import { executeIncidentUpdate } from './incident-update/execute.ts';
import { soarLabel } from './label/descriptor.ts';
import { executeLabel } from './label/execute.ts';
import { soarLink } from './link/descriptor.ts';
import { executeLink } from './link/execute.ts';
import { milestoneCheck } from './milestone-add/check-milestone.ts';
import { soarMilestoneAdd } from './milestone-add/descriptor.ts';
import { executeMilestoneAdd } from './milestone-add/execute.ts';
import { noteCheck } from './note-add/check-note.ts';
import { soarNoteAdd } from './note-add/descriptor.ts';
import { executeNoteAdd } from './note-add/execute.ts';
import { soarRest } from './rest/descriptor.ts';
import { executeRest } from './rest/execute.ts';
import { soarResult } from './result/descriptor.ts';
import { executeResult } from './result/execute.ts';
import { soarSearch } from './search/descriptor.ts';
import { executeSearch } from './search/execute.ts';
import { soarStatus } from './status/descriptor.ts';
import { executeStatus } from './status/execute.ts';
import { soarTableDelete } from './table-delete/descriptor.ts';
import { executeTableDelete } from './table-delete/execute.ts';
import { rowCheck } from './table-row/check-row.ts';
import { soarTableRow } from './table-row/descriptor.ts';
import { executeTableRow } from './table-row/execute.ts';
import { soarTableRows } from './table-rows/descriptor.ts';
import { executeTableRows } from './table-rows/execute.ts';
import { soarTableSearch } from './table-search/descriptor.ts';
import { executeTableSearch } from './table-search/execute.ts';
import { taskCheck } from './task-add/check-task.ts';
import { soarTaskAdd } from './task-add/descriptor.ts';
import { executeTaskAdd } from './task-add/execute.ts';
import { soarTaskClose } from './task-close/descriptor.ts';
import { executeTaskClose } from './task-close/execute.ts';
import { soarTaskList } from './task-list/descriptor.ts';
import { executeTaskList } from './task-list/execute.ts';
import { soarTaskNoteAdd } from './task-note-add/descriptor.ts';
import { executeTaskNoteAdd } from './task-note-add/execute.ts';
import { soarTaskUpdate } from './task-update/descriptor.ts';
import { executeTaskUpdate } from './task-update/execute.ts';
import { soarWikiPage } from './wiki-page/descriptor.ts';
import { executeWikiPage } from './wiki-page/execute.ts';

export const nodeRuntimes: readonly NodeRuntime[] = [
  defineNode(soarInbound, executeInbound),
  defineNode(soarConnector, executeConnector),
  defineNode(soarConnectorResult, executeConnectorResult),
  defineNode(soarFunction, executeFunction),
  defineNode(soarDestination, executeDestination),
  defineNode(soarIncidentUpdate, executeIncidentUpdate),
  defineNode(soarTableRow, executeTableRow, rowCheck),
  defineNode(soarNoteAdd, executeNoteAdd, noteCheck),
  defineNode(soarArtifactAdd, executeArtifactAdd, artifactCheck),
  defineNode(soarRest, executeRest),
  defineNode(soarStatus, executeStatus),
  defineNode(soarResult, executeResult),
  defineNode(soarAck, executeAck),
  defineNode(soarError, executeError),
  defineNode(soarIncidentCreate, executeIncidentCreate, incidentCheck),
  defineNode(soarIncidentGet, executeIncidentGet),
  defineNode(soarIncidentSearch, executeIncidentSearch),
  defineNode(soarTaskList, executeTaskList),
  defineNode(soarTaskAdd, executeTaskAdd, taskCheck),
  defineNode(soarTaskUpdate, executeTaskUpdate),
  defineNode(soarTaskClose, executeTaskClose),
  defineNode(soarTaskNoteAdd, executeTaskNoteAdd),
  defineNode(soarMilestoneAdd, executeMilestoneAdd, milestoneCheck),
  defineNode(soarIncidentClose, executeIncidentClose),
  defineNode(soarIncidentDelete, executeIncidentDelete),
  defineNode(soarIncidentMembers, executeIncidentMembers),
  defineNode(soarAttachmentList, executeAttachmentList),
  defineNode(soarAttachmentDownload, executeAttachmentDownload),
  defineNode(soarAttachmentUpload, executeAttachmentUpload, attachmentCheck),
  defineNode(soarIncidentPatch, executeIncidentPatch),
  defineNode(soarTableSearch, executeTableSearch),
  defineNode(soarTableRows, executeTableRows),
  defineNode(soarTableDelete, executeTableDelete),
  defineNode(soarArtifactSearch, executeArtifactSearch),
  defineNode(soarArtifactUpload, executeArtifactUpload, fileArtifactCheck),
  defineNode(soarArtifactDownload, executeArtifactDownload),
  defineNode(soarSearch, executeSearch),
  defineNode(soarWikiPage, executeWikiPage),
  defineNode(soarLabel, executeLabel),
  defineNode(soarLink, executeLink),
];
