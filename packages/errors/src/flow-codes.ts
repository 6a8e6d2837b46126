import type { ErrorCatalogue } from './error-entry.ts';

/** Flow documents: reading, checking, compiling. */
export const flowCodes = {
  FLOW_FILE_UNREADABLE: { blame: 'author', retryable: false, hint: 'Check the path, and that this user may read the file.' },
  FLOW_JSON_INVALID: { blame: 'author', retryable: false, hint: 'Repair the JSON at the place named; the file was not changed.' },
  FLOW_FORMAT_UNSUPPORTED: {
    blame: 'author',
    retryable: false,
    hint: 'Open the file with the Wirebook version that wrote it, or a newer one.',
  },
  FLOW_DOCUMENT_INVALID: { blame: 'author', retryable: false, hint: 'Correct the field named in the message.' },
  FLOW_NODE_TYPE_UNKNOWN: { blame: 'author', retryable: false, hint: 'Install the package that brings the node type, or remove the node.' },
  FLOW_NODE_DUPLICATE: { blame: 'author', retryable: false, hint: 'Give every node its own id and name.' },
  FLOW_NODE_CONFIG_INVALID: { blame: 'author', retryable: false, hint: 'Correct the field named in the message.' },
  FLOW_WIRE_DANGLING: { blame: 'author', retryable: false, hint: 'Delete the wire or restore the missing node or port.' },
  FLOW_WIRE_DUPLICATE: { blame: 'author', retryable: false, hint: 'Delete all but one of the equal wires.' },
  FLOW_NODE_UNREACHABLE: { blame: 'author', retryable: false, hint: 'Wire the node to a source or remove it.' },
  FLOW_CYCLE: { blame: 'author', retryable: false, hint: 'Make sure that the circle is left in time, or delete one of its wires.' },
  FLOW_REPLY_MISSING: { blame: 'author', retryable: false, hint: 'Add a node that gives the result of the function.' },
  FLOW_REPLY_TWICE: { blame: 'author', retryable: false, hint: 'Let exactly one node of each path complete the action.' },
  FLOW_EXPRESSION_INVALID: { blame: 'author', retryable: false, hint: 'Correct the expression at the position named.' },
  FLOW_EXPRESSION_NOT_ANCESTOR: {
    blame: 'author',
    retryable: false,
    hint: 'Use $steps only for nodes that every message passes before this one.',
  },
  FLOW_EXPRESSION_FAILED: { blame: 'author', retryable: false, hint: 'Check the expression against the message shown in the trace.' },
  FLOW_SOURCE_MISSING: { blame: 'author', retryable: false, hint: 'Add a source node; without one the flow never starts.' },
  FLOW_LOOP_LIMIT: { blame: 'author', retryable: false, hint: 'Break the loop or raise the limit in the settings of the flow.' },
  FLOW_CHANGE_INVALID: { blame: 'author', retryable: false, hint: 'Correct the field named in the message; nothing was changed.' },
  FLOW_CHANGE_TOO_LARGE: { blame: 'author', retryable: false, hint: 'Make the change in several smaller ones.' },
  FLOW_CHANGE_NODE_UNKNOWN: {
    blame: 'author',
    retryable: false,
    hint: 'Load the flow again: the node is gone, perhaps somebody else removed it.',
  },
  FLOW_CHANGE_NODE_EXISTS: { blame: 'author', retryable: false, hint: 'Give every new node an id of its own.' },
  FLOW_CHANGE_NAME_TAKEN: { blame: 'author', retryable: false, hint: 'Choose a name that no other node of the flow has.' },
  FLOW_CHANGE_WIRE_UNKNOWN: {
    blame: 'author',
    retryable: false,
    hint: 'Load the flow again: the wire is gone, perhaps somebody else removed it.',
  },
  FLOW_CHANGE_WIRE_EXISTS: { blame: 'author', retryable: false, hint: 'Nothing is to be done: the two ports are wired.' },
  FLOW_CHANGE_WIRE_DANGLING: { blame: 'author', retryable: false, hint: 'Let each wire begin and end at a node of the flow.' },
  FLOW_CLIPBOARD_INVALID: { blame: 'author', retryable: false, hint: 'Copy the nodes again in Wirebook.' },
} as const satisfies ErrorCatalogue;
