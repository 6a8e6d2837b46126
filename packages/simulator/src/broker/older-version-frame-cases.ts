import type { FrameCase, FramePattern, FrameScript, FrameStep } from './frame-case.ts';
import { errorWith, receipt, sendOf, subscribed, subscribeTo, transactionFrame } from './frame-steps.ts';

type Headers = Readonly<Record<string, string>>;

const speaking = { headers: { 'accept-version': '1.1' }, connected: { headers: { version: '1.1' } } } as const;

/** Connects by STOMP 1.1, subscribes and waits until the broker has the subscription. */
function consumer(on: 'one' | 'two', headers: Headers = {}): readonly FrameStep[] {
  return [
    { connect: on, ...speaking },
    { on, send: subscribeTo(headers) },
    { on, expect: subscribed },
  ];
}

function messageOf(body: string, headers: Headers = {}): FramePattern {
  return { command: 'MESSAGE', body, headers, absent: ['ack', 'redelivered'], save: { 'message-id': `id-${body}` } };
}

function againOf(body: string): FramePattern {
  return { command: 'MESSAGE', body, absent: ['ack'], headers: { redelivered: 'true', 'message-id': `<id-${body}>` } };
}

function answerOf(command: 'ACK' | 'NACK', body: string, headers: Headers = {}): FrameScript {
  return { command, headers: { 'message-id': `<id-${body}>`, subscription: 's', ...headers } };
}

/** STOMP 1.1: messages without ack ids are settled by message-id and subscription. */
export const olderVersionFrameCases: readonly FrameCase[] = [
  {
    title: 'of the versions that a client offers the newest is taken',
    level: 'bytes',
    steps: [
      { open: 'one' },
      { on: 'one', sendText: 'CONNECT\naccept-version:1.0,1.1\nlogin:<login>\npasscode:<passcode>\n\n\0' },
      { on: 'one', expect: { command: 'CONNECTED', headers: { version: '1.1' } } },
    ],
  },
  {
    title: 'STOMP 1.1 delivers without ack ids, and settles by message-id and subscription',
    level: 'bytes',
    steps: [
      ...consumer('one'),
      { send: [sendOf('m0'), sendOf('m1'), sendOf('m2')] },
      { expectInOrder: [messageOf('m0'), messageOf('m1'), messageOf('m2')] },
      { send: answerOf('ACK', 'm1', { receipt: 'a' }) },
      { expect: receipt('a') },
      { send: answerOf('ACK', 'm1', { receipt: 'again' }) },
      { expect: errorWith('Unexpected ACK received for message-id', { 'receipt-id': 'again' }) },
      { drop: 'one' },
      ...consumer('two'),
      { on: 'two', expectInOrder: [againOf('m0'), againOf('m2')] },
      { on: 'two', expectNothing: true },
    ],
  },
  {
    title: 'STOMP 1.1 wants message-id and subscription of an ACK and of a NACK',
    level: 'bytes',
    steps: [
      ...consumer('one'),
      { send: sendOf('m0') },
      { expect: messageOf('m0') },
      { send: { command: 'ACK', headers: { subscription: 's', receipt: 'r1' } } },
      { expect: errorWith('ACK received without a message-id to acknowledge!', { 'receipt-id': 'r1' }) },
      { send: { command: 'ACK', headers: { 'message-id': '<id-m0>', receipt: 'r2' } } },
      { expect: errorWith('ACK received without a subscription id for acknowledge!', { 'receipt-id': 'r2' }) },
      { send: answerOf('ACK', 'm0', { subscription: 'other', receipt: 'r3' }) },
      { expect: errorWith('Unexpected ACK received for message-id', { 'receipt-id': 'r3' }) },
      { send: answerOf('ACK', 'm0', { receipt: 'r4' }) },
      { expect: receipt('r4') },
    ],
  },
  {
    title: 'STOMP 1.1 settles in transactions: committed for good, aborted not at all',
    level: 'bytes',
    steps: [
      ...consumer('one'),
      { send: [sendOf('m0'), sendOf('m1')] },
      { expectInOrder: [messageOf('m0'), messageOf('m1')] },
      { send: [transactionFrame('BEGIN'), answerOf('ACK', 'm0', { transaction: 't' }), transactionFrame('COMMIT', { receipt: 'c' })] },
      { expect: receipt('c') },
      { send: [transactionFrame('BEGIN'), answerOf('ACK', 'm1', { transaction: 't' }), transactionFrame('ABORT', { receipt: 'x' })] },
      { expect: receipt('x') },
      { drop: 'one' },
      ...consumer('two'),
      { on: 'two', expect: againOf('m1') },
      { on: 'two', expectNothing: true },
    ],
  },
  {
    title: 'an empty transaction that is aborted touches neither what is in hand nor what was settled',
    level: 'bytes',
    steps: [
      ...consumer('one'),
      { send: [sendOf('m0'), sendOf('m1'), sendOf('m2')] },
      { expectInOrder: [messageOf('m0'), messageOf('m1'), messageOf('m2')] },
      { send: [transactionFrame('BEGIN'), answerOf('ACK', 'm0', { transaction: 't' }), transactionFrame('COMMIT')] },
      { send: [transactionFrame('BEGIN', { transaction: 'e' }), transactionFrame('ABORT', { transaction: 'e', receipt: 'x' })] },
      { expect: receipt('x') },
      { send: [transactionFrame('BEGIN'), answerOf('ACK', 'm2', { transaction: 't' }), transactionFrame('COMMIT', { receipt: 'c' })] },
      { expect: receipt('c') },
      { drop: 'one' },
      ...consumer('two'),
      { on: 'two', expect: againOf('m1') },
      { on: 'two', expectNothing: true },
    ],
  },
  {
    title: 'STOMP 1.1 escapes line feeds, colons and backslashes in header values',
    level: 'bytes',
    steps: [
      ...consumer('one'),
      { sendText: 'SEND\ndestination:/queue/<queue>\nx-note:a\\cb\\\\c\\nd\n\nm0\0' },
      { expect: messageOf('m0', { 'x-note': 'a:b\\c\nd' }) },
    ],
  },
  {
    title: 'after UNSUBSCRIBE STOMP 1.1 refuses a late ACK',
    level: 'bytes',
    steps: [
      ...consumer('one'),
      { send: sendOf('m0') },
      { expect: messageOf('m0') },
      { send: { command: 'UNSUBSCRIBE', headers: { id: 's', receipt: 'u' } } },
      { expect: receipt('u') },
      { send: answerOf('ACK', 'm0', { receipt: 'late' }) },
      { expect: errorWith('Unexpected ACK received for message-id', { 'receipt-id': 'late' }) },
      ...consumer('two'),
      { on: 'two', expect: againOf('m0') },
    ],
  },
];
