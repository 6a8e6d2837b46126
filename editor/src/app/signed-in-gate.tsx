import type { SessionView } from '@wirebook/api';
import { useCallback, useEffect, useState } from 'react';
import { createBottomPanelStore } from '../state/bottom-panel-store.ts';
import { createLiveStore } from '../state/live-store.ts';
import { createNodeTypeIndex } from '../state/node-type-index.ts';
import { createRunOverlayStore } from '../state/run-overlay-store.ts';
import { watchLiveRuns } from '../state/watch-live-runs.ts';
import { createApiClient } from '../transport/api-client.ts';
import { describeFailure } from '../transport/api-error.ts';
import { createLiveConnection } from '../transport/live-connection.ts';
import { Pages } from './pages.tsx';
import { type Services, ServicesProvider } from './services.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { systemNow } from './system-clock.ts';
import { newRandomId } from './system-ids.ts';

type GateState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'signed-out'; readonly session: SessionView | null }
  | { readonly kind: 'signed-in'; readonly services: Services };

let csrfToken: string | null = null;

/** Asks who is signed in; shows the sign-in page or the product. */
export function SignedInGate() {
  const [state, setState] = useState<GateState>({ kind: 'asking' });
  const [api] = useState(() =>
    createApiClient({
      fetch: (address, init) => fetch(address, init),
      csrfToken: () => csrfToken,
      onSignedOut: () => setState({ kind: 'signed-out', session: null }),
    }),
  );

  const enter = useCallback(
    async (session: SessionView) => {
      csrfToken = session.csrfToken;
      if (session.user === null) {
        setState({ kind: 'signed-out', session });
        return;
      }
      const { nodeTypes } = await api.call('listNodeTypes', {});
      const services: Services = {
        api,
        live: createLiveConnection(),
        liveRuns: createLiveStore(),
        runOverlay: createRunOverlayStore(),
        bottomPanel: createBottomPanelStore(),
        nodeTypes: createNodeTypeIndex(nodeTypes),
        session,
        clientId: newRandomId(),
        now: systemNow,
        newId: newRandomId,
      };
      watchLiveRuns(services.live, services.liveRuns);
      services.live.on('session:ended', () => setState({ kind: 'signed-out', session: null }));
      setState({ kind: 'signed-in', services });
    },
    [api],
  );

  const ask = useCallback(() => {
    setState({ kind: 'asking' });
    api
      .call('getSession', {})
      .then(enter)
      .catch((thrown: unknown) => setState({ kind: 'failed', reason: describeFailure(thrown) }));
  }, [api, enter]);

  useEffect(ask, [ask]);

  const services = state.kind === 'signed-in' ? state.services : null;
  // Whoever signs in next gets a connection of their own.
  useEffect(() => () => services?.live.close(), [services]);

  switch (state.kind) {
    case 'asking':
      return null;
    case 'failed':
      return <SignInPage api={api} onSignedIn={enter} failure={state.reason} onRetry={ask} />;
    case 'signed-out':
      return <SignInPage api={api} onSignedIn={enter} failure={null} onRetry={ask} />;
    case 'signed-in':
      return (
        <ServicesProvider services={state.services}>
          <Pages />
        </ServicesProvider>
      );
    default:
      return state satisfies never;
  }
}
