import { Button, Group, Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { DeployPreview, FlowToDeploy } from '@wirebook/api';
import styles from './deploy-dialog.module.css';

interface DeployResultProps {
  readonly flows: readonly FlowToDeploy[];
  readonly subscriptions: DeployPreview['subscriptions'];
  readonly onClose: () => void;
}

/** What runs now. */
export function DeployResult({ flows, subscriptions, onClose }: DeployResultProps) {
  return (
    <Stack gap="md" role="status">
      {flows.map(({ flowId, name, toVersion }) => (
        <div key={flowId} className={styles.done}>
          <IconCircleCheck size={16} stroke={1.75} />
          <span>
            Version {toVersion} of "{name}" runs.
          </span>
        </div>
      ))}
      {subscriptions.start.length === 0 ? null : (
        <p className={styles.text}>
          It listens to <span className="wb-mono">{subscriptions.start.join(', ')}</span> now.
        </p>
      )}
      <Group justify="flex-end">
        <Button data-autofocus onClick={onClose}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}
