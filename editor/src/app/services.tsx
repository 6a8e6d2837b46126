import type { SessionView } from '@wirebook/api';
import { createContext, type ReactNode, useContext } from 'react';
import type { BottomPanelStore } from '../state/bottom-panel-store.ts';
import type { LiveStore } from '../state/live-store.ts';
import type { NodeTypeIndex } from '../state/node-type-index.ts';
import type { RunOverlayStore } from '../state/run-overlay-store.ts';
import type { ApiClient } from '../transport/api-client.ts';
import type { LiveConnection } from '../transport/live-connection.ts';

/** What every screen reaches for; made once, when somebody is signed in. */
export interface Services {
  readonly api: ApiClient;
  readonly live: LiveConnection;
  readonly liveRuns: LiveStore;
  /** The run that is lit on the canvas. */
  readonly runOverlay: RunOverlayStore;
  readonly bottomPanel: BottomPanelStore;
  readonly nodeTypes: NodeTypeIndex;
  readonly session: SessionView;
  /** This tab, for leases. */
  readonly clientId: string;
  readonly now: () => number;
  /** Random ids of nodes: letters and digits, 10 of them. */
  readonly newId: () => string;
}

const ServicesContext = createContext<Services | null>(null);

export function ServicesProvider({ services, children }: { readonly services: Services; readonly children: ReactNode }) {
  return <ServicesContext value={services}>{children}</ServicesContext>;
}

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('a screen was drawn outside ServicesProvider');
  return services;
}
