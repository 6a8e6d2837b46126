import type { FrameCase } from './frame-case.ts';
import { consumer, errorWith, messageOf, receipt, sendOf } from './frame-steps.ts';

const connectText = 'CONNECT\naccept-version:1.2\nhost:broker\nlogin:<login>\npasscode:<passcode>\n\n\0';
const subscribeText = 'SUBSCRIBE\nid:s\ndestination:/queue/<queue>\nack:client-individual\nreceipt:subscribed\n\n\0';
const sendText = 'SEND\ndestination:/queue/<queue>\npersistent:true\ncolour:r\\cd\ncontent-length:4\n\na\0b!\0';
const connected = { command: 'CONNECTED', headers: { version: '1.2' } };
const delivered = { command: 'MESSAGE', headers: { colour: 'r:d', 'content-length': '4' }, body: { base64: 'YQBiIQ==' } };

/** How frames stand on the wire, and what ends a connection: only a socket can play these. */
export const wireFrameCases: readonly FrameCase[] = [
  {
    title: 'frames that arrive byte by byte are read as if they had come whole',
    level: 'bytes',
    steps: [
      { open: 'one' },
      { sendText: connectText, pieceBytes: 1 },
      { expect: connected },
      { sendText: subscribeText + sendText, pieceBytes: 1 },
      { expectInOrder: [receipt('subscribed'), delivered] },
    ],
  },
  {
    title: 'several frames in one piece, with line feeds between them, are all read',
    level: 'bytes',
    steps: [
      { open: 'one' },
      { sendText: `\n\n${connectText}` },
      { expect: connected },
      { sendText: `\n${subscribeText}\n\n\n${sendText}\n${sendText}${sendText}` },
      { expectInOrder: [receipt('subscribed'), delivered, delivered, delivered] },
    ],
  },
  {
    title: 'lines may end with carriage return and line feed',
    level: 'bytes',
    steps: [
      { open: 'one' },
      { sendText: 'CONNECT\r\naccept-version:1.2\r\nlogin:<login>\r\npasscode:<passcode>\r\n\r\n\0\r\n' },
      { expect: connected },
      { sendText: 'SUBSCRIBE\r\nid:s\r\ndestination:/queue/<queue>\r\nreceipt:subscribed\r\n\r\n\0\r\n\r\n' },
      { expect: receipt('subscribed') },
      { sendText: 'SEND\r\ndestination:/queue/<queue>\r\ncolour:red\r\n\r\nhello\0' },
      { expect: { command: 'MESSAGE', headers: { colour: 'red' }, body: 'hello' } },
    ],
  },
  {
    title: 'of a repeated header the first counts',
    level: 'bytes',
    steps: [
      ...consumer('one'),
      { sendText: 'SEND\ndestination:/queue/<queue>\ncolour:first\ncolour:second\n\nm\0' },
      { expect: messageOf('m', { colour: 'first' }) },
    ],
  },
  {
    title: 'blanks around a header value belong to it, and escapes hold in header names too',
    level: 'bytes',
    steps: [
      ...consumer('one'),
      { sendText: 'SEND\ndestination:/queue/<queue>\nc\\colour: a\\nb \nempty:\n\nm\0' },
      { expect: messageOf('m', { 'c:olour': ' a\nb ', empty: '' }) },
    ],
  },
  {
    title: 'STOMP is CONNECT by another name',
    level: 'bytes',
    steps: [
      { open: 'one' },
      { sendText: 'STOMP\naccept-version:1.0,1.1,1.2\nhost:broker\nlogin:<login>\npasscode:<passcode>\n\n\0' },
      { expect: connected },
    ],
  },
  {
    title: 'a version that nobody speaks is refused and the connection ends',
    level: 'bytes',
    steps: [
      { open: 'one' },
      { sendText: 'CONNECT\naccept-version:9.9\nlogin:<login>\npasscode:<passcode>\n\n\0' },
      { expect: errorWith('Invalid Protocol version[9.9]') },
      { expectClosed: true },
    ],
  },
  {
    title: 'a heart-beat header that is none is refused and the connection ends',
    level: 'bytes',
    steps: [
      { open: 'one' },
      { sendText: 'CONNECT\naccept-version:1.2\nheart-beat:x\nlogin:<login>\npasscode:<passcode>\n\n\0' },
      { expect: errorWith('Invalid heart-beat header') },
      { expectClosed: true },
    ],
  },
  {
    title: 'a login without credentials is refused and the connection ends',
    level: 'bytes',
    steps: [
      { open: 'one' },
      { sendText: 'CONNECT\naccept-version:1.2\n\n\0' },
      { expect: errorWith('User name [null] or password is invalid') },
      { expectClosed: true },
    ],
  },
  {
    title: 'nothing is done before CONNECT',
    level: 'bytes',
    steps: [{ open: 'one' }, { send: sendOf('m') }, { expect: errorWith('Not connected') }],
  },
  {
    title: 'a second CONNECT is refused',
    level: 'bytes',
    steps: [{ connect: 'one' }, { sendText: connectText }, { expect: errorWith('Already connected') }],
  },
  {
    title: 'an unknown command is refused by name and the connection ends',
    level: 'bytes',
    steps: [
      { connect: 'one' },
      { sendText: 'FLY\nreceipt:r\n\n\0' },
      { expect: errorWith('Unknown STOMP action: FLY', { 'receipt-id': 'r' }) },
      { expectClosed: true },
    ],
  },
  {
    title: 'headers that a frame must have are asked for and the connection stays',
    level: 'bytes',
    steps: [
      { connect: 'one' },
      { sendText: 'SEND\nreceipt:1\n\n\0' },
      { expect: errorWith('SEND received without a Destination', { 'receipt-id': '1' }) },
      { sendText: 'SUBSCRIBE\ndestination:/queue/<queue>\nreceipt:2\n\n\0' },
      { expect: errorWith('SUBSCRIBE received without a subscription id', { 'receipt-id': '2' }) },
      { sendText: 'SUBSCRIBE\nid:s\nreceipt:3\n\n\0' },
      { expect: errorWith('Destination header', { 'receipt-id': '3' }) },
      { sendText: 'UNSUBSCRIBE\nreceipt:4\n\n\0' },
      { expect: errorWith('UNSUBSCRIBE received without a subscription id', { 'receipt-id': '4' }) },
      { sendText: 'ACK\nreceipt:5\n\n\0' },
      { expect: errorWith('ACK received without', { 'receipt-id': '5' }) },
      { sendText: 'BEGIN\nreceipt:6\n\n\0' },
      { expect: errorWith('Must specify the transaction', { 'receipt-id': '6' }) },
      { send: sendOf('m', { receipt: 'sent' }) },
      { expect: receipt('sent') },
    ],
  },
  {
    title: 'a content-length that is no number is refused and the connection ends',
    level: 'bytes',
    steps: [
      { connect: 'one' },
      { sendText: 'SEND\ndestination:/queue/<queue>\ncontent-length:abc\n\nhi\0' },
      { expect: errorWith('content-length is not a valid integer') },
      { expectClosed: true },
    ],
  },
  {
    title: 'a body longer than its content-length is refused and the connection ends',
    level: 'bytes',
    steps: [
      { connect: 'one' },
      { sendText: 'SEND\ndestination:/queue/<queue>\ncontent-length:1\n\nhi\0' },
      { expect: errorWith('no trailing null byte') },
      { expectClosed: true },
    ],
  },
  {
    title: 'a content-length beyond the limit is refused before the body has come, and the connection ends',
    level: 'bytes',
    steps: [
      { connect: 'one' },
      { sendText: 'SEND\ndestination:/queue/<queue>\ncontent-length:999999999\n\nhi' },
      { expect: errorWith('maximum data length was exceeded') },
      { expectClosed: true },
    ],
  },
  {
    title: 'a header line beyond the limit is refused and the connection ends',
    level: 'bytes',
    steps: [
      { connect: 'one' },
      { sendText: `SEND\ndestination:/queue/<queue>\nlong:${'x'.repeat(20_000)}\n\nhi\0` },
      { expect: errorWith('maximum header length was exceeded') },
      { expectClosed: true },
    ],
  },
  {
    title: 'the broker beats when the client asks for it, and ends a connection whose client does not beat as promised',
    level: 'bytes',
    steps: [
      { connect: 'one', headers: { 'heart-beat': '600,600' } },
      { expectHeartBeat: true },
      { expectHeartBeat: true },
      { expectClosed: true },
    ],
  },
];
