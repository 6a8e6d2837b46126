import { IconEye } from '@tabler/icons-react';
import { describeFailure } from '../transport/api-error.ts';
import { BackToDraftButton } from './back-to-draft-button.tsx';
import { BannerLine } from './banner-line.tsx';
import { DraftBanner } from './draft-banner.tsx';
import { SideDraftBanner } from './side-draft-banner.tsx';
import type { ShownFlow } from './use-shown-flow.ts';
import { VersionBanner } from './version-banner.tsx';

/** One line under the header whenever the canvas is not the draft that this tab writes: what it is, and what can be done. */
export function FlowBanner({ shown }: { readonly shown: ShownFlow }) {
  switch (shown.kind) {
    case 'version':
      return <VersionBanner version={shown.version} />;
    case 'side-draft':
      return <SideDraftBanner sideDraft={shown.sideDraft} />;
    case 'failed':
      return (
        <BannerLine icon={<IconEye size={16} stroke={1.75} />} text={`It cannot be shown: ${describeFailure(shown.error)}`}>
          <BackToDraftButton />
        </BannerLine>
      );
    case 'draft':
      return <DraftBanner />;
    default:
      return shown satisfies never;
  }
}
