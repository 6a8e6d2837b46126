import { Button } from '@mantine/core';
import { IconGitBranch } from '@tabler/icons-react';
import type { SideDraftView } from '@wirebook/api';
import { describeDiff, diffFlows } from '@wirebook/flow';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { useServices } from '../app/services.tsx';
import { TimeText } from '../app/time-text.tsx';
import { describeFailure } from '../transport/api-error.ts';
import { BackToDraftButton } from './back-to-draft-button.tsx';
import { BannerLine } from './banner-line.tsx';
import { useCommandContext } from './canvas-control-context.tsx';
import { useFlowSession } from './flow-session-context.tsx';
import { useMakeDraft } from './use-make-draft.ts';

/** The draft of a writer that came too late is on the canvas. */
export function SideDraftBanner({ sideDraft }: { readonly sideDraft: SideDraftView }) {
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
    <BannerLine icon={<IconGitBranch size={16} stroke={1.75} />} text={text}>
      <Button
        variant="default"
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
      <BackToDraftButton />
    </BannerLine>
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
