import { Button, FileButton, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload, IconHistory, IconPlayerStop, IconRocket, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useServices } from '../app/services.tsx';
import { useCanvasTools } from './canvas-control-context.tsx';
import { useFlowState } from './flow-context.tsx';
import styles from './flow-header.module.css';
import { UndeployDialog } from './undeploy-dialog.tsx';
import { useFlowFile } from './use-flow-file.ts';

/** Deploy, and beside it what else is done with the flow as a whole. */
export function DeployButton() {
  const { dialogs } = useCanvasTools();
  const { session } = useServices();
  const isDeployed = useFlowState(({ deployed }) => deployed !== null);
  const isWriting = useFlowState(({ mode }) => mode === 'writing');
  const [isStopping, setStopping] = useState(false);
  const openFiles = useRef<(() => void) | null>(null);
  const file = useFlowFile();
  const mayDeploy = session.user?.role !== 'viewer';
  return (
    <div className={styles.split}>
      <Button leftSection={<IconRocket size={16} stroke={1.75} />} disabled={!mayDeploy} onClick={() => dialogs.open({ kind: 'deploy' })}>
        Deploy
      </Button>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button px={6} aria-label="More about this flow">
            <IconChevronDown size={16} stroke={1.75} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconHistory size={16} stroke={1.75} />} onClick={() => dialogs.open({ kind: 'versions' })}>
            Versions
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload size={16} stroke={1.75} />} onClick={file.save}>
            Export as file
          </Menu.Item>
          <Menu.Item leftSection={<IconUpload size={16} stroke={1.75} />} disabled={!isWriting} onClick={() => openFiles.current?.()}>
            Import a file into this flow
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconPlayerStop size={16} stroke={1.75} />}
            disabled={!isDeployed || !mayDeploy}
            onClick={() => setStopping(true)}
          >
            Undeploy
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <FileButton
        accept="application/json,.json"
        onChange={(chosen) => {
          if (chosen !== null) void file.take(chosen);
        }}
      >
        {({ onClick }) => {
          openFiles.current = onClick;
          return null;
        }}
      </FileButton>
      {isStopping ? <UndeployDialog onClose={() => setStopping(false)} /> : null}
    </div>
  );
}
