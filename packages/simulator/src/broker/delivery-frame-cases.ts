import type { FrameCase } from './frame-case.ts';
import { againOf, consumer, errorWith, messageOf, receipt, sendOf, subscribed, subscribeTo } from './frame-steps.ts';

/** Connecting, delivering, settling: what a client meets without transactions. */
export const deliveryFrameCases: readonly FrameCase[] = [
  {
    title: 'CONNECTED names version, session, server and the heart-beats mirrored',
    level: 'frames',
    steps: [
      {
        connect: 'one',
        headers: { 'heart-beat': '10000,20000' },
        connected: { headers: { version: '1.2', 'heart-beat': '20000,10000' }, differs: { session: '', server: '' } },
      },
    ],
  },
  {
    title: 'a wrong passcode is refused by name and the connection ends',
    level: 'frames',
    steps: [
      { connect: 'one', login: 'wrong passcode', refused: { contains: { message: 'or password is invalid' } } },
      { expectClosed: true },
    ],
  },
  {
    title: 'a message keeps its own headers and gets those of the broker',
    level: 'frames',
    steps: [
      ...consumer('one'),
      {
        send: sendOf('{"a":1}', {
          'reply-to': '/queue/<queue>.replies',
          'correlation-id': 'invid:390',
          Co3ContextToken: 'tok',
          Co3MessagePayload: 'ActionDataDTO',
          receipt: 'sent',
        }),
      },
      {
        expect: [
          receipt('sent'),
          {
            command: 'MESSAGE',
            headers: {
              destination: '/queue/<queue>',
              subscription: 's',
              'reply-to': '/queue/<queue>.replies',
              'correlation-id': 'invid:390',
              Co3ContextToken: 'tok',
              Co3MessagePayload: 'ActionDataDTO',
              persistent: 'true',
              priority: '4',
              expires: '0',
            },
            differs: { 'message-id': '', ack: '', timestamp: '' },
            absent: ['redelivered', 'receipt', 'transaction'],
            body: '{"a":1}',
          },
        ],
      },
    ],
  },
  {
    title: 'a message that was not sent as persistent carries no persistent header',
    level: 'frames',
    steps: [
      ...consumer('one'),
      { send: { command: 'SEND', headers: { destination: '/queue/<queue>' }, body: 'm' } },
      { expect: { command: 'MESSAGE', absent: ['persistent'], body: 'm' } },
    ],
  },
  {
    title: 'a destination without /queue/ is a queue too',
    level: 'frames',
    steps: [
      ...consumer('one', { destination: '<queue>' }),
      { send: sendOf('bare', { destination: '<queue>' }) },
      { expect: messageOf('bare', { destination: '/queue/<queue>' }) },
    ],
  },
  {
    title: 'header values with colon, line feed and backslash arrive as they were sent',
    level: 'frames',
    steps: [
      ...consumer('one'),
      { send: sendOf('m', { odd: 'a:b\nc\\d:', umlaut: 'h\u00e9llo \u4e16\u754c' }) },
      { expect: messageOf('m', { odd: 'a:b\nc\\d:', umlaut: 'h\u00e9llo \u4e16\u754c' }) },
    ],
  },
  {
    title: 'a body with NUL bytes arrives whole with its content-length',
    level: 'frames',
    steps: [
      ...consumer('one'),
      { send: sendOf({ base64: 'YQBiAP8=' }, { 'content-length': '5' }) },
      { expect: { command: 'MESSAGE', headers: { 'content-length': '5' }, body: { base64: 'YQBiAP8=' } } },
    ],
  },
  {
    title: 'a body in UTF-8 and an empty body arrive as they were sent',
    level: 'frames',
    steps: [
      ...consumer('one'),
      { send: sendOf('gr\u00fc\u00df dich \u4e16\u754c') },
      { expect: messageOf('gr\u00fc\u00df dich \u4e16\u754c') },
      { send: sendOf('') },
      { expect: messageOf('') },
    ],
  },
  {
    title: 'a body of two megabytes arrives whole',
    level: 'frames',
    steps: [
      ...consumer('one'),
      { send: sendOf({ repeat: '0123456789abcdef', times: 131_072 }, { 'content-length': '2097152' }) },
      { expect: { command: 'MESSAGE', body: { repeat: '0123456789abcdef', times: 131_072 } } },
    ],
  },
  {
    title: 'messages that wait are delivered in order after the receipt of SUBSCRIBE',
    level: 'frames',
    steps: [
      { connect: 'one' },
      { send: [sendOf('m0'), sendOf('m1'), sendOf('m2', { receipt: 'sent' })] },
      { expect: receipt('sent') },
      { send: subscribeTo() },
      { expectInOrder: [subscribed, messageOf('m0'), messageOf('m1'), messageOf('m2')] },
    ],
  },
  {
    title: 'two subscriptions of a queue take turns',
    level: 'frames',
    steps: [
      ...consumer('one'),
      { send: subscribeTo({ id: 's2', receipt: 'second' }) },
      { expect: receipt('second') },
      { send: [sendOf('m0'), sendOf('m1'), sendOf('m2'), sendOf('m3')] },
      {
        expectInOrder: [
          messageOf('m0', { subscription: 's' }),
          messageOf('m1', { subscription: 's2' }),
          messageOf('m2', { subscription: 's' }),
          messageOf('m3', { subscription: 's2' }),
        ],
      },
    ],
  },
  {
    title: 'an exclusive consumer gets everything until it goes, then the next one does',
    level: 'frames',
    steps: [
      ...consumer('one', { 'activemq.exclusive': 'true' }),
      ...consumer('two', { 'activemq.exclusive': 'true' }),
      ...consumer('three'),
      { send: [sendOf('m0'), sendOf('m1'), sendOf('m2')] },
      { expectInOrder: [messageOf('m0'), messageOf('m1'), messageOf('m2')] },
      { on: 'two', expectNothing: true },
      { drop: 'one' },
      { on: 'two', expectInOrder: [againOf('m0'), againOf('m1'), againOf('m2')] },
      { on: 'three', expectNothing: true },
    ],
  },
  {
    title: 'a star in a destination stands for one part of a queue name',
    level: 'frames',
    steps: [
      ...consumer('one', { destination: '/queue/<queue>.*.in' }),
      {
        send: [
          sendOf('m0', { destination: '/queue/<queue>.201.in' }),
          sendOf('other', { destination: '/queue/<queue>.201.out' }),
          sendOf('deep', { destination: '/queue/<queue>.201.x.in' }),
          sendOf('m1', { destination: '/queue/<queue>.202.in' }),
        ],
      },
      { expect: [messageOf('m0', { destination: '/queue/<queue>.201.in' }), messageOf('m1', { destination: '/queue/<queue>.202.in' })] },
      { expectNothing: true },
    ],
  },
  {
    title: 'a message past its expiry goes to the dead letter queue instead of a consumer',
    level: 'frames',
    steps: [
      { connect: 'one' },
      { send: sendOf('old', { expires: '1500000000000', receipt: 'sent' }) },
      { expect: receipt('sent') },
      { send: subscribeTo() },
      { expect: subscribed },
      { expectNothing: true },
      { send: subscribeTo({ id: 'd', destination: '/queue/DLQ.<queue>', receipt: 'd' }) },
      { expect: [receipt('d'), messageOf('old', { 'original-destination': '/queue/<queue>', originalExpiration: '1500000000000' })] },
    ],
  },
  {
    title: 'a refused SUBSCRIBE or SEND gets an ERROR with the receipt-id, no receipt, and the connection stays',
    level: 'frames',
    steps: [
      { connect: 'one', login: 'stranger' },
      { send: subscribeTo({ receipt: 'r1' }) },
      { expect: errorWith('is not authorized to read from: queue://<queue>', { 'receipt-id': 'r1' }) },
      { send: sendOf('m', { receipt: 'r2' }) },
      { expect: errorWith('is not authorized to write to: queue://<queue>', { 'receipt-id': 'r2' }) },
      { send: sendOf('m', { destination: '/queue/<foreign>', receipt: 'r3' }) },
      { expect: receipt('r3') },
    ],
  },
  {
    title: 'UNSUBSCRIBE of an unknown id is refused and the connection stays',
    level: 'frames',
    steps: [
      { connect: 'one' },
      { send: { command: 'UNSUBSCRIBE', headers: { id: 'nothing', receipt: 'u' } } },
      { expect: errorWith('No subscription matched', { 'receipt-id': 'u' }) },
      { send: sendOf('m', { receipt: 'sent' }) },
      { expect: receipt('sent') },
    ],
  },
  {
    title: 'DISCONNECT gets its receipt, then the connection ends',
    level: 'frames',
    steps: [
      { connect: 'one' },
      { send: { command: 'DISCONNECT', headers: { receipt: 'bye' } } },
      { expect: receipt('bye') },
      { expectClosed: true },
    ],
  },
];
