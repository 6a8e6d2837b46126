import { ActionIcon, Alert, Button, CopyButton, Group, Modal, Select, Stack, Table, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Role, roles, type UserAdded } from '@wirebook/api';
import { useState } from 'react';
import { describeFailure } from '../transport/api-error.ts';
import styles from './people-dialog.module.css';
import { useServices } from './services.tsx';
import { TimeText } from './time-text.tsx';

/** Who may sign in: roles, new people with a one-time link, removal. */
export function PeopleDialog({ onClose }: { readonly onClose: () => void }) {
  const { api, session } = useServices();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [added, setAdded] = useState<UserAdded | null>(null);
  const people = useQuery({ queryKey: ['listUsers'], queryFn: () => api.call('listUsers', {}) });
  const refresh = () => queries.invalidateQueries({ queryKey: ['listUsers'] });
  const adding = useMutation({
    mutationFn: () => api.call('addUser', { body: { name, role } }),
    onSuccess: async (answer) => {
      setAdded(answer);
      setName('');
      await refresh();
    },
  });
  const changing = useMutation({
    mutationFn: (change: { readonly userId: string; readonly role: Role }) =>
      api.call('changeUser', { params: { userId: change.userId }, body: { role: change.role } }),
    onSuccess: refresh,
  });
  const removing = useMutation({ mutationFn: (userId: string) => api.call('removeUser', { params: { userId } }), onSuccess: refresh });
  const failure = people.error ?? adding.error ?? changing.error ?? removing.error;

  return (
    <Modal opened onClose={onClose} title="People" size="lg">
      <Stack gap="lg">
        {failure === null ? null : <Alert color="red">{describeFailure(failure)}</Alert>}
        <Table className={styles.people ?? ''} horizontalSpacing={0}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Role</Table.Th>
              <Table.Th>Last seen</Table.Th>
              <Table.Th aria-label="Remove" className={styles.acts} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(people.data?.users ?? []).map((user) => (
              <Table.Tr key={user.id}>
                <Table.Td>{user.name}</Table.Td>
                <Table.Td>
                  <Select
                    aria-label={`Role of ${user.name}`}
                    data={[...roles]}
                    value={user.role}
                    allowDeselect={false}
                    w={110}
                    onChange={(value) => {
                      if (value !== null) changing.mutate({ userId: user.id, role: value as Role });
                    }}
                  />
                </Table.Td>
                <Table.Td>{user.lastSeenAtMs === null ? 'never' : <TimeText atMs={user.lastSeenAtMs} />}</Table.Td>
                <Table.Td className={styles.acts}>
                  {user.id === session.user?.id ? null : (
                    <Tooltip label={`Remove ${user.name}`}>
                      <ActionIcon aria-label={`Remove ${user.name}`} onClick={() => removing.mutate(user.id)}>
                        <IconTrash size={16} stroke={1.75} />
                      </ActionIcon>
                    </Tooltip>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {added === null ? null : <SignInLink added={added} />}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            adding.mutate();
          }}
        >
          <Group align="flex-end" gap="sm">
            <TextInput
              label="Name of a new person"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              flex={1}
              required
            />
            <Select
              label="Role"
              data={[...roles]}
              value={role}
              allowDeselect={false}
              w={110}
              onChange={(value) => setRole((value ?? 'editor') as Role)}
            />
            <Button type="submit" loading={adding.isPending}>
              Add
            </Button>
          </Group>
        </form>
      </Stack>
    </Modal>
  );
}

function SignInLink({ added }: { readonly added: UserAdded }) {
  return (
    <Alert color="blue" title={`Give ${added.user.name} this link; it signs in once, within a day`}>
      <Group gap="sm" wrap="nowrap">
        <code className={styles.address}>{added.signInLink}</code>
        <CopyButton value={added.signInLink}>
          {({ copied, copy }) => (
            <ActionIcon aria-label="Copy the link" onClick={copy}>
              {copied ? <IconCheck size={16} stroke={1.75} /> : <IconCopy size={16} stroke={1.75} />}
            </ActionIcon>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}
