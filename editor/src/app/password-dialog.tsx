import { Alert, Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { describeFailure } from '../transport/api-error.ts';
import { useServices } from './services.tsx';

const minLength = 10;

/** A password for the account that is signed in. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const { api, session } = useServices();
  const hadPassword = session.user?.hasPassword === true;
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const isTooShort = next !== '' && next.length < minLength;
  const saving = useMutation({
    mutationFn: () => api.call('setPassword', { body: hadPassword ? { current, next } : { next } }),
    onSuccess: () => {
      notifications.show({ message: 'The password is set. The next sign-in asks for it.' });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={hadPassword ? 'Change password' : 'Set a password'}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <Stack gap="md">
          {saving.error === null ? null : <Alert color="red">{describeFailure(saving.error)}</Alert>}
          {hadPassword ? (
            <PasswordInput
              label="Present password"
              data-autofocus
              required
              value={current}
              onChange={(event) => setCurrent(event.currentTarget.value)}
              autoComplete="current-password"
            />
          ) : null}
          <PasswordInput
            label="New password"
            data-autofocus={!hadPassword}
            description={`At least ${minLength} characters.`}
            required
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
            error={isTooShort ? `${minLength - next.length} more characters are needed.` : null}
            autoComplete="new-password"
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={next.length < minLength}>
              Set password
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
