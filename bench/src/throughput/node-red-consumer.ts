/**
 * Node-RED as people bend it to this: a function node that takes messages from a stompjs client, a change node with the JSONata of the
 * benchmark's flow, and a function node that replies and acknowledges. No transaction, no receipt, no record of what ran.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { IMessage } from '@stomp/stompjs';
import { connectStomp } from './stomp-client.ts';

interface NodeRedOptions {
  readonly host: string;
  readonly port: number;
  readonly caFile: string;
  readonly login: string;
  readonly passcode: string;
  readonly destination: string;
  readonly subscriptions: number;
  readonly prefetch: number;
  /** Folder with Node-RED in its node_modules. */
  readonly installedIn: string;
  readonly userDir: string;
}

interface NodeRed {
  init(server: object, settings: object): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const options = JSON.parse(process.argv[2] ?? '{}') as NodeRedOptions;
const red = createRequire(join(options.installedIn, 'package.json'))('node-red') as NodeRed;
const client = await connectStomp({ ...options, caPem: readFileSync(options.caFile, 'utf8') });
const open = new Map<string, IMessage>();

/** The source hands on the body and keeps the delivery aside. */
function subscribe(send: (message: object) => void): void {
  for (let n = 0; n < options.subscriptions; n += 1) {
    client.subscribe(
      options.destination,
      (message) => {
        const id = message.headers['message-id'] ?? '';
        open.set(id, message);
        send({ id, payload: JSON.parse(message.body) });
      },
      { id: `s${n}`, ack: 'client-individual', 'activemq.prefetchSize': String(options.prefetch) },
    );
  }
  process.stdout.write('ready\n');
}

function reply(id: string, results: unknown): void {
  const message = open.get(id);
  if (message === undefined) return;
  open.delete(id);
  const { 'reply-to': destination = '', 'correlation-id': correlationId = '' } = message.headers;
  const body = JSON.stringify({ message_type: 0, message: 'Completed', complete: true, results });
  client.publish({ destination, headers: { 'correlation-id': correlationId, persistent: 'true' }, body, skipContentLengthHeader: false });
  message.ack();
}

const expression = '{"model": payload.inputs.model_id, "kind": payload.inputs.kind.name}';
// Without a place it would take a node for one of configuration.
const place = { z: 'tab', x: 100, y: 100 };
const flows = [
  { id: 'tab', type: 'tab', label: 'bench' },
  {
    id: 'source',
    type: 'function',
    ...place,
    name: 'source',
    func: 'return msg;',
    outputs: 1,
    initialize: "global.get('subscribe')((message) => node.send(message, false));",
    wires: [['expression']],
  },
  {
    id: 'expression',
    type: 'change',
    ...place,
    name: 'expression',
    rules: [{ t: 'set', p: 'payload', pt: 'msg', to: expression, tot: 'jsonata' }],
    wires: [['reply']],
  },
  { id: 'reply', type: 'function', ...place, name: 'reply', func: "global.get('reply')(msg.id, msg.payload);", outputs: 0, wires: [] },
];

mkdirSync(options.userDir, { recursive: true });
writeFileSync(join(options.userDir, 'flows.json'), JSON.stringify(flows));
red.init(createServer(), {
  userDir: options.userDir,
  flowFile: 'flows.json',
  credentialSecret: false,
  httpAdminRoot: false,
  httpNodeRoot: false,
  disableEditor: true,
  logging: { console: { level: 'fatal', metrics: false, audit: false } },
  functionGlobalContext: { subscribe, reply },
});
process.once('SIGTERM', () => {
  red.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
await red.start();
