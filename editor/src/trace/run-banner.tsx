import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { Link } from 'wouter';
import styles from './run-banner.module.css';
import { useRunOverlay } from './use-run-overlay.ts';
import { useShownRun } from './use-shown-run.ts';

/** Says over the canvas that the run that is lit did not run what is drawn. */
export function RunBanner() {
  const runId = useRunOverlay((state) => (state.isOtherVersion ? state.runId : null));
  const version = useRunOverlay((state) => state.version);
  const { show } = useShownRun();
  if (runId === null) return null;
  return (
    <div className={styles.banner} role="status">
      <IconHistory size={16} stroke={1.75} aria-hidden />
      <span>
        Run <Link href={`/runs/${runId}`}>{runId}</Link> of {version === null ? 'a version that is not known here' : `version ${version}`}.
        The draft has changed since: only what is still there is lit.
      </span>
      <Button variant="default" size="compact-xs" onClick={() => show(null)}>
        Back to the draft
      </Button>
    </div>
  );
}
