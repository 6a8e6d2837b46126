import type { IncomingMessage, Server } from 'node:http';
import {
  type NodeActivity,
  permissionsOfRole,
  type RunStatus,
  type ServerEventName,
  type ServerEvents,
  type SocketAnswer,
} from '@wirebook/api';
import { toWirebookError, WirebookError } from '@wirebook/errors';
import type { Clock, Timer } from '@wirebook/node-kit';
import { type DefaultEventsMap, Server as SocketServer } from 'socket.io';
import type { PresentSession, Sessions } from '../auth/sessions.ts';
import type { EngineProcess } from '../engine-host/engine-process.ts';
import type { HttpLog } from '../http/http-log.ts';
import { assertHost, assertOrigin } from '../http/request-guard.ts';
import type { ServerAddress } from '../http/server-address.ts';
import { readSessionToken } from '../http/session-cookie.ts';
import type { LeaseDesk } from '../storage/lease-desk.ts';
import { createEventBudget } from './event-budget.ts';
import { createLiveBrowser, type LiveBrowser, type LiveSocket, type LiveSocketData, sendEvent } from './live-browser.ts';
import type { LivePublisher } from './live-publisher.ts';
import { liveRooms } from './live-rooms.ts';
import { findSocketEvent, parseSocketEvent, type SocketEvent } from './parse-socket-event.ts';
import { createRunsRing } from './runs-ring.ts';

export interface LiveHubOptions {
  readonly server: Server;
  readonly address: ServerAddress;
  readonly sessions: Sessions;
  readonly leases: LeaseDesk;
  readonly engine: Pick<EngineProcess, 'onActivity' | 'onChange' | 'getNodeActivity' | 'getDebugSwitches'>;
  readonly clock: Clock;
  readonly log: HttpLog;
  /** Changes with each start of the server. */
  readonly bootId: string;
}

export interface LiveHub extends LivePublisher {
  /** Ends every connection. */
  close(): Promise<void>;
}

export const livePath = '/api/live';
/** A browser gets at most ten batches a second. */
const batchMs = 100;
/** How long a session that another process ended may still listen. */
const sessionCheckMs = 5000;
const maxEventBytes = 64 * 1024;
/** Flows, runs and the rest that one tab watches at a time. */
const maxRooms = 100;

/** socket.io on the server's port: who watches what, and no more to anybody than can be taken. */
export function createLiveHub(options: LiveHubOptions): LiveHub {
  const { address, sessions, leases, engine, clock, log } = options;
  const ring = createRunsRing({ bootId: options.bootId });
  const browsers = new Map<LiveSocket, LiveBrowser>();
  const activity = new Map<string, Map<string, NodeActivity>>();
  const changedRuns = new Map<string, RunStatus>();
  let batchTimer: Timer | null = null;
  let sessionTimer: Timer | null = null;
  const io = new SocketServer<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, LiveSocketData>(options.server, {
    path: livePath,
    serveClient: false,
    transports: ['websocket', 'polling'],
    maxHttpBufferSize: maxEventBytes,
    allowRequest: (request, decide) => decide(null, isOurs(request)),
  });

  io.use((socket, next) => {
    const token = readSessionToken(socket.request.headers.cookie);
    const present = sessions.find(token);
    if (token === null || present === null) {
      next(new Error('SERVER_SIGN_IN_REQUIRED'));
      return;
    }
    socket.data.token = token;
    socket.data.sessionId = present.session.id;
    socket.data.userId = present.user.id;
    socket.data.role = present.user.role;
    next();
  });

  io.on('connection', (socket: LiveSocket) => {
    const browser = createLiveBrowser(socket, ring);
    const budget = createEventBudget(clock);
    browsers.set(socket, browser);
    if (browsers.size === 1) startTimers();
    socket.on('disconnect', () => {
      browsers.delete(socket);
      if (browsers.size === 0) stopTimers();
    });
    const present = sessions.find(socket.data.token);
    for (const permission of present === null ? [] : permissionsOfRole[present.user.role]) void socket.join(liveRooms.may(permission));
    socket.onAny((name: unknown, ...args: unknown[]) => {
      const acknowledge = args.at(-1);
      const answer = takeEvent({ socket, browser, name: String(name), body: args[0], isInBudget: budget.take() });
      if (typeof acknowledge === 'function') acknowledge(answer);
    });
  });

  function isOurs(request: IncomingMessage): boolean {
    try {
      assertHost(request, address);
      // A browser names its origin on every upgrade; on a GET of its own page it does not.
      assertOrigin(request, address, request.method !== 'GET' || request.headers.upgrade !== undefined);
      return true;
    } catch (thrown) {
      log.warn(`a live connection was refused: ${toWirebookError(thrown, 'SERVER_INTERNAL').message}`);
      return false;
    }
  }

  function takeEvent(given: {
    readonly socket: LiveSocket;
    readonly browser: LiveBrowser;
    readonly name: string;
    readonly body: unknown;
    readonly isInBudget: boolean;
  }): SocketAnswer {
    const { socket, browser, name } = given;
    try {
      if (!given.isInBudget) throw new WirebookError('SERVER_REQUEST_INVALID', 'too many events in a second');
      const { permission } = findSocketEvent(name);
      const present = findSession(socket);
      if (present === null) throw new WirebookError('SERVER_SIGN_IN_REQUIRED', 'the session is over');
      if (!permissionsOfRole[present.user.role].includes(permission))
        throw new WirebookError('SERVER_PERMISSION_DENIED', `a ${present.user.role} may not do this (${permission})`);
      const body = typeof given.body === 'function' ? undefined : given.body;
      handle(parseSocketEvent(name, body), { socket, browser, present });
      return { ok: true };
    } catch (thrown) {
      const error = toWirebookError(thrown, 'SERVER_INTERNAL');
      if (error.code === 'SERVER_INTERNAL') log.error(`the event ${name} failed: ${error.message}`);
      return { ok: false, code: error.code, message: error.code === 'SERVER_INTERNAL' ? 'the server made a mistake' : error.message };
    }
  }

  function handle(
    event: SocketEvent,
    { socket, browser, present }: { socket: LiveSocket; browser: LiveBrowser; present: PresentSession },
  ): void {
    switch (event.name) {
      case 'flow:watch':
        enter(socket, liveRooms.flow(event.body.flowId));
        sendEvent(socket, 'flow:activity', toFlowActivity(event.body.flowId, engine.getNodeActivity(event.body.flowId)));
        sendEvent(socket, 'lease:changed', { flowId: event.body.flowId, lease: leases.find(event.body.flowId) });
        return;
      case 'flow:unwatch':
        void socket.leave(liveRooms.flow(event.body.flowId));
        return;
      case 'runs:watch':
        browser.watchRuns(event.body.after, event.body.bootId);
        return;
      case 'runs:unwatch':
        browser.unwatchRuns();
        return;
      case 'run:watch':
        enter(socket, liveRooms.run(event.body.runId));
        return;
      case 'run:unwatch':
        void socket.leave(liveRooms.run(event.body.runId));
        return;
      case 'console:watch':
        enter(socket, liveRooms.console);
        return;
      case 'console:unwatch':
        void socket.leave(liveRooms.console);
        return;
      case 'lease:keep':
        if (!leases.keep(event.body.flowId, event.body.leaseId, present.user.id))
          throw new WirebookError('SERVER_LEASE_LOST', 'another tab writes this flow now, or the lease ran out');
        return;
      default:
        event satisfies never;
    }
  }

  function enter(socket: LiveSocket, room: string): void {
    if (socket.rooms.size >= maxRooms) throw new WirebookError('SERVER_REQUEST_INVALID', `one tab watches at most ${maxRooms} things`);
    void socket.join(room);
  }

  function toFlowActivity(flowId: string, nodes: readonly NodeActivity[]) {
    return { flowId, nodes, debugSwitches: engine.getDebugSwitches(flowId) };
  }

  function flush(): void {
    for (const [flowId, nodes] of activity) toFlow(flowId, 'flow:activity', toFlowActivity(flowId, [...nodes.values()]));
    activity.clear();
    for (const [runId, status] of changedRuns) toRoom(liveRooms.run(runId), 'run:changed', { runId, status });
    changedRuns.clear();
    for (const browser of browsers.values()) browser.flush();
    batchTimer = clock.startTimer(batchMs, flush);
  }

  /** Null when it is over; then the browser is told and disconnected. */
  function findSession(socket: LiveSocket): PresentSession | null {
    const present = sessions.find(socket.data.token);
    if (present === null) end(socket);
    // Rooms follow from the role: the browser connects again by itself.
    else if (present.user.role !== socket.data.role) socket.conn.close();
    return present;
  }

  function end(socket: LiveSocket): void {
    sendEvent(socket, 'session:ended', {});
    socket.disconnect(true);
  }

  function checkSessions(): void {
    for (const socket of browsers.keys()) {
      try {
        findSession(socket);
      } catch (thrown) {
        log.error(`a session could not be checked: ${String(thrown)}`);
      }
    }
    sessionTimer = clock.startTimer(sessionCheckMs, checkSessions);
  }

  const listening = [
    engine.onActivity(({ rows, lines, flows, dropped }) => {
      ring.add({ rows, lines, dropped });
      for (const { head, status } of rows) if (hasWatchers(liveRooms.run(head.runId))) changedRuns.set(head.runId, status);
      for (const { flowId, nodes } of flows) {
        if (!hasWatchers(liveRooms.flow(flowId))) continue;
        const pending = activity.get(flowId) ?? new Map<string, NodeActivity>();
        activity.set(flowId, pending);
        for (const node of nodes) pending.set(node.nodeId, node);
      }
    }),
    engine.onChange((view) => toEverybody('flow.read', 'engine:changed', view)),
    leases.onChange((flowId, lease) => toFlow(flowId, 'lease:changed', { flowId, lease })),
    sessions.onEnd((sessionIds) => {
      for (const socket of [...browsers.keys()]) if (sessionIds.includes(socket.data.sessionId)) end(socket);
    }),
  ];

  function hasWatchers(room: string): boolean {
    return io.sockets.adapter.rooms.has(room);
  }

  function toRoom<Name extends ServerEventName>(room: string, name: Name, event: ServerEvents[Name]): void {
    io.to(room).emit(name, event);
  }

  const toFlow: LivePublisher['toFlow'] = (flowId, name, event) => toRoom(liveRooms.flow(flowId), name, event);
  const toEverybody: LivePublisher['toEverybody'] = (permission, name, event) => toRoom(liveRooms.may(permission), name, event);

  /** Without a browser nothing is to be done. */
  function startTimers(): void {
    stopTimers();
    batchTimer = clock.startTimer(batchMs, flush);
    sessionTimer = clock.startTimer(sessionCheckMs, checkSessions);
  }

  function stopTimers(): void {
    batchTimer?.cancel();
    sessionTimer?.cancel();
  }

  return {
    toFlow,
    toEverybody,
    toConsole: (name, event) => toRoom(liveRooms.console, name, event),
    close: async () => {
      for (const stop of listening) stop();
      await io.close();
      stopTimers();
    },
  };
}
