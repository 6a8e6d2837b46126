import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCopy, IconDots, IconPencil, IconPlayerStop, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FlowSummary } from '@wirebook/api';
import { useState } from 'react';
import { describeFailure } from '../transport/api-error.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { NameDialog } from './name-dialog.tsx';
import { useServices } from './services.tsx';

/** What can be done with a flow from the list. */
export function FlowMenu({ flow }: { readonly flow: FlowSummary }) {
  const { api } = useServices();
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<'rename' | 'duplicate' | 'delete' | null>(null);
  const close = () => setDialog(null);
  const act = useMutation({
    mutationFn: (perform: () => Promise<unknown>) => perform(),
    onSuccess: async () => {
      close();
      await queries.invalidateQueries({ queryKey: ['listFlows'] });
    },
    onError: (error) => notifications.show({ color: 'red', title: `"${flow.name}" was left as it is`, message: describeFailure(error) }),
  });
  const params = { flowId: flow.id };

  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon aria-label={`More for ${flow.name}`}>
            <IconDots size={16} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.75} />} onClick={() => setDialog('rename')}>
            Rename
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={16} stroke={1.75} />} onClick={() => setDialog('duplicate')}>
            Duplicate
          </Menu.Item>
          {flow.deployedVersion === null ? null : (
            <Menu.Item
              leftSection={<IconPlayerStop size={16} stroke={1.75} />}
              onClick={() => act.mutate(() => api.call('undeploy', { params }))}
            >
              Undeploy
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.75} />} onClick={() => setDialog('delete')}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'rename' ? (
        <NameDialog
          title="Rename flow"
          act="Rename"
          name={flow.name}
          isBusy={act.isPending}
          onClose={close}
          onName={(name) => act.mutate(() => api.call('renameFlow', { params, body: { name } }))}
        />
      ) : null}
      {dialog === 'duplicate' ? (
        <NameDialog
          title="Duplicate flow"
          act="Duplicate"
          name={`${flow.name} copy`}
          isBusy={act.isPending}
          onClose={close}
          onName={(name) => act.mutate(() => api.call('duplicateFlow', { params, body: { name } }))}
        />
      ) : null}
      {dialog === 'delete' ? (
        <ConfirmDialog
          title={`Delete "${flow.name}"`}
          text="The flow, its draft and its versions are removed. Its runs stay in the history."
          act="Delete flow"
          isBusy={act.isPending}
          onClose={close}
          onConfirm={() => act.mutate(() => api.call('deleteFlow', { params }))}
        />
      ) : null}
    </>
  );
}
