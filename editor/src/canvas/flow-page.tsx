import { useEffect, useState } from 'react';
import { FailureState } from '../app/failure-state.tsx';
import { useServices } from '../app/services.tsx';
import { startTimer } from '../app/system-clock.ts';
import { type FlowSession, openFlowSession } from '../state/flow-session.ts';
import { FlowDesk } from './flow-desk.tsx';
import { FlowPageSkeleton } from './flow-page-skeleton.tsx';
import { FlowSessionProvider } from './flow-session-context.tsx';

type Opened =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly session: FlowSession }
  | { readonly kind: 'failed'; readonly error: unknown };

/** The page of one flow: opens it, keeps it while it is seen, and gives it up afterwards. */
export function FlowPage({ flowId }: { readonly flowId: string }) {
  const { api, live, nodeTypes, session: signedIn, clientId, now } = useServices();
  const [opened, setOpened] = useState<Opened>({ kind: 'opening' });
  const [attempt, setAttempt] = useState(0);
  const mayWrite = signedIn.user?.role !== 'viewer';

  useEffect(() => {
    let session: FlowSession | null = null;
    let isLeft = false;
    const leave = () => session?.abandon();
    // Whoever turns to another tab may close this one next.
    const save = () => void (document.visibilityState === 'hidden' ? session?.flush() : undefined);
    const warn = (event: BeforeUnloadEvent) => {
      // A reload brings back what is not saved, closing the tab does not: the browser asks.
      if (session?.store.getState().save.kind === 'offline') event.preventDefault();
    };
    const options = { api, live, flowId, clientId, nodeTypes, now, startTimer, storage: sessionStorage, mayWrite };
    openFlowSession(options).then(
      (ready) => {
        session = ready;
        if (isLeft) void ready.close();
        else setOpened({ kind: 'open', session: ready });
      },
      (error: unknown) => setOpened({ kind: 'failed', error }),
    );
    globalThis.addEventListener('pagehide', leave);
    globalThis.addEventListener('beforeunload', warn);
    document.addEventListener('visibilitychange', save);
    return () => {
      isLeft = true;
      globalThis.removeEventListener('pagehide', leave);
      globalThis.removeEventListener('beforeunload', warn);
      document.removeEventListener('visibilitychange', save);
      void session?.close();
    };
  }, [api, live, flowId, clientId, nodeTypes, now, mayWrite, attempt]);

  switch (opened.kind) {
    case 'opening':
      return <FlowPageSkeleton />;
    case 'failed':
      return (
        <FailureState
          error={opened.error}
          onRetry={() => {
            setOpened({ kind: 'opening' });
            setAttempt(attempt + 1);
          }}
        />
      );
    case 'open':
      return (
        <FlowSessionProvider session={opened.session}>
          <FlowDesk />
        </FlowSessionProvider>
      );
    default:
      return opened satisfies never;
  }
}
