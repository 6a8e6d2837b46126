import { expect, test } from 'vitest';
import { maskHeaders, readMessageHeaders } from './message-headers.ts';

const headers = {
  'reply-to': '/queue/acks.201.fn_main',
  'correlation-id': 'invid:393',
  timestamp: '1607356528000',
  Co3MessagePayload: 'ActionDataDTO',
  Co3ContextToken: 'secret-token',
};

test('[V6] the headers of a message are read', () => {
  expect(readMessageHeaders(headers)).toEqual({
    replyTo: '/queue/acks.201.fn_main',
    correlationId: 'invid:393',
    contextToken: 'secret-token',
    timestampMs: 1607356528000,
    payloadKind: 'ActionDataDTO',
  });
});

test('[V6] missing, empty and unreadable headers are null', () => {
  const nothing = { replyTo: null, correlationId: null, contextToken: null, timestampMs: null, payloadKind: null };
  expect(readMessageHeaders({})).toEqual(nothing);
  expect(readMessageHeaders({ 'reply-to': '', timestamp: 'yesterday' })).toEqual(nothing);
});

test('[V7] masked headers never show the context token, whatever its case', () => {
  expect(maskHeaders({ ...headers, co3contexttoken: 'secret-token' })).toEqual({
    ...headers,
    Co3ContextToken: '***',
    co3contexttoken: '***',
  });
  expect(headers.Co3ContextToken).toBe('secret-token');
});
