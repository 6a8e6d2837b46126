import type { Clock } from '@wirebook/node-kit';
import type { Simulator } from '@wirebook/simulator';
import type { RouteHandlers } from '../http/route-handlers.ts';
import type { LivePublisher } from '../live/live-publisher.ts';
import { type ConsoleRoute, createConsoleHandlers } from './console-handlers.ts';
import { startConsoleNews } from './console-news.ts';

export interface ConsoleSide {
  /** Tells watchers of the console of changes from now on. */
  createHandlers(live: Pick<LivePublisher, 'toConsole'>): Pick<RouteHandlers, ConsoleRoute>;
  close(): void;
}

/** @param simulator null when the server uses another platform. */
export function createConsoleSide({ simulator, clock }: { readonly simulator: Simulator | null; readonly clock: Clock }): ConsoleSide {
  let endNews: () => void = () => undefined;
  return {
    createHandlers: (live) => {
      if (simulator !== null) endNews = startConsoleNews({ simulator, clock, live });
      return createConsoleHandlers(simulator);
    },
    close: () => endNews(),
  };
}
