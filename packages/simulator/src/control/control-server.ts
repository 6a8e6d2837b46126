import { createServer } from 'node:http';
import { toWirebookError, WirebookError } from '@wirebook/errors';
import express, { type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import type { InvocationFilter, InvocationLog } from '../actions/invocation-log.ts';
import type { OutgoingMessage } from '../broker/broker-port.ts';
import type { QueueState } from '../broker/message-queue.ts';
import { startFault } from '../faults/parse-fault.ts';
import type { SimulatorFaults } from '../faults/simulator-faults.ts';
import { isJsonObject, ownValue } from '../json-value.ts';
import { listen, trackSockets } from '../rest/listen.ts';
import type { RequestLog } from '../rest/request-log.ts';
import { parseRawMessage } from './raw-message.ts';

export interface ControlServerOptions {
  /** 0 for a free one; the address is always the loopback one. */
  readonly port: number;
  readonly invocations: InvocationLog;
  readonly faults: SimulatorFaults;
  readonly requests: RequestLog;
  /** Null when the broker is a real one, which has a console of its own. */
  readonly queueStates: (() => readonly QueueState[]) | null;
  readonly publish: (message: OutgoingMessage) => Promise<void>;
  readonly reset: () => Promise<void>;
}

export interface ControlServer {
  readonly url: string;
  close(): Promise<void>;
}

const host = '127.0.0.1';
const maxFireCount = 100_000;

/**
 * The port by which tests and scripts steer a simulator. It has no login, so it takes only requests that no web page could send.
 *
 * @throws WirebookError SIMULATOR_PORT_IN_USE
 */
export async function createControlServer(options: ControlServerOptions): Promise<ControlServer> {
  const server = createServer(createApp(options));
  const sockets = trackSockets(server);
  const port = await listen(server, { host, port: options.port, purpose: 'the control port' });
  return { url: `http://${host}:${port}`, close: () => sockets.close() };
}

function createApp(options: ControlServerOptions) {
  const { invocations, faults, requests } = options;
  const app = express();
  app.disable('x-powered-by');
  app.use(refuseWebPages);
  app.use(express.json({ limit: '64mb' }));
  app.get('/health', (_request, response) => void response.json({ ready: true }));
  app.post('/invocations', async (request, response) => {
    const count = parseCount(request.body);
    const ids = await Promise.all(Array.from({ length: count }, () => invocations.fire(request.body)));
    response.status(201).json(count === 1 ? { id: ids[0] } : { id: ids[0], ids });
  });
  app.get('/invocations', (request, response) => {
    const filter = parseFilter(request);
    response.json({ summary: invocations.summary(), invocations: invocations.list(filter) });
  });
  app.get('/invocations/:id', (request, response) => {
    const view = /^\d{1,15}$/.test(request.params.id) ? invocations.find(Number(request.params.id)) : undefined;
    if (view === undefined)
      response.status(404).json({ code: 'SIMULATOR_REQUEST_INVALID', message: `there is no invocation ${request.params.id}` });
    else response.json(view);
  });
  app.get('/action-status', (request, response) => void response.json({ lines: invocations.actionStatus(parseFilter(request)) }));
  app.get('/queues', (_request, response) => {
    if (options.queueStates === null)
      throw new WirebookError('SIMULATOR_REQUEST_INVALID', 'a real broker is in use; ask its own console for its queues');
    response.json({ queues: options.queueStates() });
  });
  app.get('/requests', (_request, response) => void response.json({ requests: requests.list() }));
  app.post('/faults', async (request, response) => {
    await startFault(faults, request.body);
    response.status(204).end();
  });
  app.delete('/faults', async (_request, response) => {
    await faults.clear();
    response.status(204).end();
  });
  app.post('/messages', async (request, response) => {
    await options.publish(parseRawMessage(request.body));
    response.status(204).end();
  });
  app.post('/reset', async (_request, response) => {
    await options.reset();
    response.status(204).end();
  });
  app.use((request: Request) => {
    throw new WirebookError('SIMULATOR_REQUEST_INVALID', `the control port has no ${request.method} ${request.path}`);
  });
  app.use(answerError);
  return app;
}

/** A page in a browser on this machine could reach the port: its requests carry an Origin, or a name that is not the loopback's. */
const refuseWebPages: RequestHandler = (request, response, next) => {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '');
  const isLocal = name === '127.0.0.1' || name === 'localhost';
  if (isLocal && request.headers.origin === undefined) next();
  else response.status(403).json({ code: 'SIMULATOR_REQUEST_INVALID', message: 'the control port takes no requests of web pages' });
};

function parseFilter(request: Request): InvocationFilter {
  const { status, org, limit } = request.query;
  return {
    status: status === 'Pending' || status === 'Complete' || status === 'Error' || status === 'Timed Out' ? status : undefined,
    org: typeof org === 'string' && /^\d+$/.test(org) ? Number(org) : undefined,
    limit: typeof limit === 'string' && /^\d+$/.test(limit) ? Number(limit) : undefined,
  };
}

function parseCount(body: unknown): number {
  const count = isJsonObject(body) ? (ownValue(body, 'count') ?? 1) : 1;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > maxFireCount) {
    throw new WirebookError('SIMULATOR_REQUEST_INVALID', `"count" has to be a whole number from 1 to ${maxFireCount}`);
  }
  return count;
}

/** Express takes a handler for errors by its four parameters. */
const answerError: ErrorRequestHandler = (thrown: unknown, _request, response, _next) => {
  const error = toWirebookError(thrown, 'SIMULATOR_REQUEST_INVALID');
  response.status(error.blame === 'author' ? 400 : 500).json({ code: error.code, message: error.message });
};
