/**
 * The baseline: what a person would write with stompjs alone who wants the same promise to the platform. It parses the JSON, makes a
 * result, and puts persistent replies and ACKs of one window into one transaction whose COMMIT asks for a receipt. No trace, no
 * ledger, no flow.
 */
import { readFileSync } from 'node:fs';
import type { IMessage } from '@stomp/stompjs';
import { connectStomp } from './stomp-client.ts';

interface BareOptions {
  readonly host: string;
  readonly port: number;
  readonly caFile: string;
  readonly login: string;
  readonly passcode: string;
  readonly destination: string;
  readonly subscriptions: number;
  readonly prefetch: number;
  /** False: each reply and ACK leaves by itself, and nobody waits for a receipt. */
  readonly keepsPromise: boolean;
}

const options = JSON.parse(process.argv[2] ?? '{}') as BareOptions;
const client = await connectStomp({ ...options, caPem: readFileSync(options.caFile, 'utf8') });
const maxUnderWay = 1;
let waiting: IMessage[] = [];
let underWay = 0;
let isScheduled = false;
let transactionCount = 0;

for (let n = 0; n < options.subscriptions; n += 1) {
  client.subscribe(
    options.destination,
    (message) => {
      if (!options.keepsPromise) {
        publishReply(message, {});
        message.ack();
        return;
      }
      waiting.push(message);
      schedule();
    },
    { id: `s${n}`, ack: 'client-individual', 'activemq.prefetchSize': String(options.prefetch) },
  );
}

process.stdout.write('ready\n');

function schedule(): void {
  if (isScheduled || underWay >= maxUnderWay || waiting.length === 0) return;
  isScheduled = true;
  setImmediate(() => {
    isScheduled = false;
    const window = waiting;
    waiting = [];
    complete(window);
  });
}

function complete(window: readonly IMessage[]): void {
  underWay += 1;
  transactionCount += 1;
  const transaction = `t${transactionCount}`;
  client.watchForReceipt(`commit-${transaction}`, () => {
    underWay -= 1;
    schedule();
  });
  client.begin(transaction);
  for (const message of window) {
    publishReply(message, { transaction });
    message.ack({ transaction });
  }
  client.commit(transaction);
}

function publishReply(message: IMessage, more: Readonly<Record<string, string>>): void {
  const body = JSON.parse(message.body) as { inputs: { model_id: string; kind: { name: string } } };
  const { 'reply-to': destination = '', 'correlation-id': correlationId = '' } = message.headers;
  client.publish({
    destination,
    headers: { 'correlation-id': correlationId, persistent: 'true', ...more },
    body: JSON.stringify({
      message_type: 0,
      message: 'Completed',
      complete: true,
      results: { model: body.inputs.model_id, kind: body.inputs.kind.name },
    }),
    skipContentLengthHeader: false,
  });
}
