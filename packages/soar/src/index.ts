export { classifyMessage, findFunctionName, type MessageKind, type ReceivedMessage } from './classify-message.ts';
export { type Destination, type DestinationKind, getQueueName, parseDestination } from './destination.ts';
export { flattenInputs } from './flatten-inputs.ts';
export { isTooDeep, maxJsonDepth } from './json-depth.ts';
export { parseMessageBody } from './message-body.ts';
export { contextTokenHeader, type MessageHeaders, maskHeaders, payloadKindHeader, readMessageHeaders } from './message-headers.ts';
export { findObjectTypeName, firstDataTableTypeId, type ObjectTypeName, objectTypes } from './object-types.ts';
export { parseReply, type Reply } from './parse-reply.ts';
export { acknowledgeReply, errorReply, type MessageType, messageTypes, type ResultReply, resultReply, statusReply } from './reply.ts';
export { assertReplySize, getUtf8SizeBytes, maxReplyBytes, toReplyJson } from './reply-json.ts';
export {
  type ConnectorEnvelopeOptions,
  connectorEnvelope,
  formatMetricsTime,
  type ResultEnvelopeOptions,
  type ResultMetrics,
  resultEnvelope,
} from './result-envelope.ts';
export { toRuleEventName, unnamedRule } from './rule-event-name.ts';
export { findTypeInfoField, getLabel, type TypeInfoPlace } from './type-info.ts';
