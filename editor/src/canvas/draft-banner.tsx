import { Button } from '@mantine/core';
import { IconGitBranch, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { useServices } from '../app/services.tsx';
import { describeFailure } from '../transport/api-error.ts';
import { BannerLine } from './banner-line.tsx';
import { useCommandContext } from './canvas-control-context.tsx';
import { useFlowSession } from './flow-session-context.tsx';

/** Somebody else writes the draft, or kept what this tab had not saved. */
export function DraftBanner() {
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
        <BannerLine icon={<IconLock size={16} stroke={1.75} />} text={text}>
          {mayWrite ? (
            <Button variant="default" loading={isBusy} onClick={() => void takeOver()}>
              {other === null ? 'Write here' : 'Take over'}
            </Button>
          ) : null}
        </BannerLine>
      ) : null}
      {own === null ? null : (
        <BannerLine icon={<IconGitBranch size={16} stroke={1.75} />} text="What was not saved here is kept as a draft of its own.">
          <Button variant="default" onClick={() => navigate(`${address}?sideDraft=${own.id}`)}>
            Look at it
          </Button>
          <Button variant="default" onClick={() => session.notices.dismissSideDraft()}>
            Hide
          </Button>
        </BannerLine>
      )}
    </>
  );
}
