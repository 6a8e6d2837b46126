import type { NodeActivity } from '@wirebook/api';
import { createContext, type ReactNode, useCallback, useContext, useSyncExternalStore } from 'react';
import type { FlowSession } from '../state/flow-session.ts';

const SessionContext = createContext<FlowSession | null>(null);

export function FlowSessionProvider({ session, children }: { readonly session: FlowSession; readonly children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The open flow's ties to the server: taking over, saving at once, notices. */
export function useFlowSession(): FlowSession {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('a part of the flow page was drawn outside FlowSessionProvider');
  return session;
}

/** What the node did lately, told up to ten times a second. */
export function useNodeActivity(nodeId: string): NodeActivity | undefined {
  const { activity } = useFlowSession();
  const subscribe = useCallback((listener: () => void) => activity.subscribe(nodeId, listener), [activity, nodeId]);
  return useSyncExternalStore(subscribe, () => activity.get(nodeId));
}
