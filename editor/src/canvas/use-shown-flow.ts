import { useQuery } from '@tanstack/react-query';
import type { SideDraftView, VersionView } from '@wirebook/api';
import type { FlowDocument } from '@wirebook/flow';
import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { useServices } from '../app/services.tsx';
import type { FlowSession } from '../state/flow-session.ts';
import { createFlowStore, type FlowStore } from '../state/flow-store.ts';

/** What is on the canvas: the draft, or something of the past that the address names, read only. */
export type ShownFlow =
  | { readonly kind: 'draft'; readonly store: FlowStore }
  | { readonly kind: 'version'; readonly store: FlowStore; readonly version: VersionView }
  | { readonly kind: 'side-draft'; readonly store: FlowStore; readonly sideDraft: SideDraftView }
  | { readonly kind: 'failed'; readonly store: FlowStore; readonly error: unknown };

/** `?version=3` shows a version, `?sideDraft=…` the draft of a writer that came too late. */
export function useShownFlow(session: FlowSession): ShownFlow {
  const { api, nodeTypes, now } = useServices();
  const [search] = useSearchParams();
  const { flowId } = session.store.getState();
  const number = search.get('version');
  const sideDraftId = search.get('sideDraft');
  const version = useQuery({
    queryKey: ['getVersion', flowId, number],
    queryFn: () => api.call('getVersion', { params: { flowId, number: number ?? '' } }),
    enabled: number !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const side = useQuery({
    queryKey: ['getSideDraft', flowId, sideDraftId],
    queryFn: () => api.call('getSideDraft', { params: { flowId, sideDraftId: sideDraftId ?? '' } }),
    enabled: sideDraftId !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const shownVersion = number === null ? undefined : version.data;
  const shownSide = sideDraftId === null ? undefined : side.data;
  const error = (number === null ? null : version.error) ?? (sideDraftId === null ? null : side.error);

  return useMemo<ShownFlow>(() => {
    const readOnly = (document: FlowDocument) => makeReadOnly(session, document, nodeTypes, now);
    if (shownVersion !== undefined) return { kind: 'version', store: readOnly(shownVersion.document), version: shownVersion };
    if (shownSide !== undefined) return { kind: 'side-draft', store: readOnly(shownSide.document), sideDraft: shownSide };
    if (error !== null) return { kind: 'failed', store: session.store, error };
    return { kind: 'draft', store: session.store };
  }, [session, nodeTypes, now, shownVersion, shownSide, error]);
}

/** A store of its own, so that the draft beside it goes on being saved. */
function makeReadOnly(session: FlowSession, document: FlowDocument, nodeTypes: FlowSessionNodeTypes, now: () => number): FlowStore {
  const { flowId, revision, deployed, debugSwitches } = session.store.getState();
  const draft = { flowId, revision, document, savedAtMs: now(), savedBy: '', lease: null, deployed, debugSwitches, sideDrafts: [] };
  const store = createFlowStore({ draft, nodeTypes, now });
  store.setMode('version');
  return store;
}

type FlowSessionNodeTypes = ReturnType<FlowStore['getState']>['nodeTypes'];
