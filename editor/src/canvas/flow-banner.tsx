import { Button } from '@mantine/core';
import { IconEye, IconGitBranch, IconLock } from '@tabler/icons-react';
import type { SideDraftView } from '@wirebook/api';
import { describeDiff, diffFlows, type FlowDocument } from '@wirebook/flow';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { useServices } from '../app/services.tsx';
import { TimeText } from '../app/time-text.tsx';
import { describeFailure } from '../transport/api-error.ts';
import { useCommandContext } from './canvas-control-context.tsx';
import styles from './flow-banner.module.css';
import { useFlowSession } from './flow-session-context.tsx';
import type { ShownFlow } from './use-shown-flow.ts';

/** One line under the header whenever the canvas is not the draft that this tab writes: what it is, and what can be done. */
export function FlowBanner({ shown }: { readonly shown: ShownFlow }) {
  switch (shown.kind) {
    case 'version':
      return (
        <Banner icon={<IconEye size={16} stroke={1.75} />} text={`Version ${shown.version.number}, read only`}>
          <PastActions document={shown.version.document} label={`Restore version ${shown.version.number}`} />
        </Banner>
      );
    case 'side-draft':
      return <SideDraftBanner sideDraft={shown.sideDraft} />;
    case 'failed':
      return (
        <Banner icon={<IconEye size={16} stroke={1.75} />} text={`It cannot be shown: ${describeFailure(shown.error)}`}>
          <BackButton />
        </Banner>
      );
    case 'draft':
      return <DraftBanner />;
    default:
      return shown satisfies never;
  }
}

function Banner({ icon, text, children }: { readonly icon: ReactNode; readonly text: ReactNode; readonly children?: ReactNode }) {
  return (
    <div className={styles.banner} role="status">
      {icon}
      <span className={styles.text}>{text}</span>
      {children}
    </div>
  );
}

function BackButton() {
  const [address, navigate] = useLocation();
  return (
    <Button variant="default" onClick={() => navigate(address)}>
      Back to the draft
    </Button>
  );
}

/** Puts a document in place of the draft; takes over first where somebody else writes. */
function useMakeDraft() {
  const session = useFlowSession();
  const { canvas } = useCommandContext();
  const [isBusy, setBusy] = useState(false);
  const makeDraft = async (document: FlowDocument, label: string): Promise<boolean> => {
    setBusy(true);
    try {
      if (session.store.getState().mode !== 'writing') await session.takeOver();
      if (session.store.getState().mode !== 'writing') return false;
      session.store.change({ kind: 'flow-replaced', document }, { label });
      return true;
    } catch (thrown) {
      canvas.tell(describeFailure(thrown), 'bad');
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, makeDraft };
}

function PastActions({ document, label }: { readonly document: FlowDocument; readonly label: string }) {
  const { session: signedIn } = useServices();
  const { isBusy, makeDraft } = useMakeDraft();
  const [address, navigate] = useLocation();
  return (
    <>
      {signedIn.user?.role === 'viewer' ? null : (
        <Button
          loading={isBusy}
          onClick={() =>
            void makeDraft(document, label).then((isMade) => {
              if (isMade) navigate(address);
            })
          }
        >
          Make this the draft
        </Button>
      )}
      <BackButton />
    </>
  );
}

function SideDraftBanner({ sideDraft }: { readonly sideDraft: SideDraftView }) {
  const session = useFlowSession();
  const draft = useStore(session.store, (state) => state.document);
  const changes = describeDiff(diffFlows(draft, sideDraft.document));
  const { isBusy, makeDraft } = useMakeDraft();
  const discard = useDiscard();
  const [address, navigate] = useLocation();
  const text = (
    <>
      What {sideDraft.userName} had not saved, kept <TimeText atMs={sideDraft.createdAtMs} />, read only.{' '}
      <span title={changes.join('\n')}>
        {changes.length === 0
          ? 'It says what the draft says.'
          : `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}: ${changes[0]}`}
      </span>
    </>
  );
  return (
    <Banner icon={<IconGitBranch size={16} stroke={1.75} />} text={text}>
      <Button
        loading={isBusy}
        onClick={() =>
          void makeDraft(sideDraft.document, 'Apply a draft that was kept aside').then((isMade) => {
            if (isMade) void discard(sideDraft.id).then(() => navigate(address));
          })
        }
      >
        Apply it
      </Button>
      <Button variant="default" onClick={() => void discard(sideDraft.id).then(() => navigate(address))}>
        Discard it
      </Button>
      <BackButton />
    </Banner>
  );
}

function useDiscard(): (sideDraftId: string) => Promise<void> {
  const { api } = useServices();
  const { notices, store } = useFlowSession();
  const { canvas } = useCommandContext();
  return async (sideDraftId) => {
    try {
      await api.call('deleteSideDraft', { params: { flowId: store.getState().flowId, sideDraftId } });
      notices.dropSideDraft(sideDraftId);
    } catch (thrown) {
      canvas.tell(describeFailure(thrown), 'bad');
    }
  };
}

function DraftBanner() {
  const session = useFlowSession();
  const { session: signedIn } = useServices();
  const [address, navigate] = useLocation();
  const { canvas } = useCommandContext();
  const mode = useStore(session.store, (state) => state.mode);
  const other = useStore(session.store, (state) => state.otherWriter);
  const own = useStore(session.notices, (state) => state.ownSideDraft);
  const [isBusy, setBusy] = useState(false);

  async function takeOver(): Promise<void> {
    setBusy(true);
    try {
      await session.takeOver();
    } catch (thrown) {
      canvas.tell(describeFailure(thrown), 'bad');
    } finally {
      setBusy(false);
    }
  }

  const isReading = mode === 'reading';
  if (!isReading && own === null) return null;
  const mayWrite = signedIn.user?.role !== 'viewer';
  const name = other?.userName === signedIn.user?.name ? 'You write' : `${other?.userName ?? ''} writes`;
  const text = !mayWrite
    ? 'Your role lets you look at flows, not change them.'
    : other === null
      ? 'Nobody writes this flow now.'
      : `${name} in another window.`;
  return (
    <>
      {isReading ? (
        <Banner icon={<IconLock size={16} stroke={1.75} />} text={text}>
          {mayWrite ? (
            <Button loading={isBusy} onClick={() => void takeOver()}>
              {other === null ? 'Write here' : 'Take over'}
            </Button>
          ) : null}
        </Banner>
      ) : null}
      {own === null ? null : (
        <Banner icon={<IconGitBranch size={16} stroke={1.75} />} text="What was not saved here is kept as a draft of its own.">
          <Button variant="default" onClick={() => navigate(`${address}?sideDraft=${own.id}`)}>
            Look at it
          </Button>
          <Button variant="default" onClick={() => session.notices.dismissSideDraft()}>
            Hide
          </Button>
        </Banner>
      )}
    </>
  );
}
