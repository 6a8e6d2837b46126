import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import type { VersionView } from '@wirebook/api';
import { useLocation } from 'wouter';
import { useServices } from '../app/services.tsx';
import { BackToDraftButton } from './back-to-draft-button.tsx';
import { BannerLine } from './banner-line.tsx';
import { useMakeDraft } from './use-make-draft.ts';

/** A version of the past is on the canvas. */
export function VersionBanner({ version }: { readonly version: VersionView }) {
  const { session: signedIn } = useServices();
  const { isBusy, makeDraft } = useMakeDraft();
  const [address, navigate] = useLocation();
  const { number, document } = version;
  return (
    <BannerLine icon={<IconEye size={16} stroke={1.75} />} text={`Version ${number}, read only`}>
      {signedIn.user?.role === 'viewer' ? null : (
        <Button
          variant="default"
          loading={isBusy}
          onClick={() =>
            void makeDraft(document, `Restore version ${number}`).then((isMade) => {
              if (isMade) navigate(address);
            })
          }
        >
          Make this the draft
        </Button>
      )}
      <BackToDraftButton />
    </BannerLine>
  );
}
