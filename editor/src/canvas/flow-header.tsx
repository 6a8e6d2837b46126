import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconLayoutSidebarRight, IconSettings } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useCanvasDialog, useCanvasTools } from './canvas-control-context.tsx';
import { runCommand } from './commands.ts';
import { ConnectionPill } from './connection-pill.tsx';
import { DeployButton } from './deploy-button.tsx';
import { DeployDialog } from './deploy-dialog.tsx';
import { DraftState } from './draft-state.tsx';
import { useFlowState } from './flow-context.tsx';
import styles from './flow-header.module.css';
import { useFlowLayout } from './flow-layout-context.tsx';
import { FlowName } from './flow-name.tsx';
import type { ShownFlow } from './use-shown-flow.ts';
import { VersionsDialog } from './versions-dialog.tsx';

/** Which flow this is, how it stands, and what can be done with it as a whole. */
export function FlowHeader({ shown }: { readonly shown: ShownFlow }) {
  const { dialogs } = useCanvasTools();
  const dialog = useCanvasDialog();
  const { isRightFolded, toggleRight } = useFlowLayout();
  const foldLabel = `${isRightFolded ? 'Unfold' : 'Fold'} the inspector (Ctrl+Alt+Space)`;
  return (
    <header className={styles.header}>
      <nav aria-label="Breadcrumb" className={styles.crumbs}>
        <Link href="/flows" className={styles.crumb}>
          Flows
        </Link>
        <span className={styles.slash} aria-hidden="true">
          /
        </span>
        <FlowName />
        <SettingsButton />
      </nav>
      <HistoryButtons />
      <DraftState isDraft={shown.kind === 'draft'} />
      <div className={styles.right}>
        <ConnectionPill />
        <DeployButton />
        <Tooltip label={foldLabel}>
          <ActionIcon aria-label={foldLabel} onClick={toggleRight}>
            <IconLayoutSidebarRight size={16} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </div>
      {dialog?.kind === 'deploy' ? <DeployDialog onClose={dialogs.close} /> : null}
      {dialog?.kind === 'versions' ? <VersionsDialog onClose={dialogs.close} /> : null}
    </header>
  );
}

function SettingsButton() {
  const { context } = useCanvasTools();
  const label = 'Settings of the flow (Ctrl+,)';
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => runCommand('flow-settings', context)}>
        <IconSettings size={16} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  );
}

function HistoryButtons() {
  const { context } = useCanvasTools();
  const undo = useFlowState(({ undoSteps, mode }) => (mode === 'writing' ? undoSteps.at(-1)?.label : undefined));
  const redo = useFlowState(({ redoSteps, mode }) => (mode === 'writing' ? redoSteps.at(-1)?.label : undefined));
  return (
    <div className={styles.history}>
      <Tooltip label={undo === undefined ? 'Nothing to undo' : `Undo: ${undo} (Ctrl+Z)`}>
        <ActionIcon aria-label="Undo" disabled={undo === undefined} onClick={() => runCommand('undo', context)}>
          <IconArrowBackUp size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={redo === undefined ? 'Nothing to redo' : `Redo: ${redo} (Ctrl+Y)`}>
        <ActionIcon aria-label="Redo" disabled={redo === undefined} onClick={() => runCommand('redo', context)}>
          <IconArrowForwardUp size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
