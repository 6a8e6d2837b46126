import { ActionIcon, Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { usePlatform } from '../use-platform.ts';

/** Has the platform asked again for what the pickers offer. */
export function RefreshPlatformButton() {
  const { refresh, isRefreshing } = usePlatform();
  return (
    <Tooltip label="Ask the platform again">
      <ActionIcon aria-label="Ask the platform again" loading={isRefreshing} onClick={refresh}>
        <IconRefresh size={16} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  );
}
