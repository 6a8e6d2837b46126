import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

interface ConfirmDialogProps {
  readonly title: string;
  /** What will be lost and what stays. */
  readonly text: string;
  readonly act: string;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** What is done loses something; true unless said. */
  readonly isLoss?: boolean;
  /** How far it is. */
  readonly children?: ReactNode;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ title, text, act, isBusy, onConfirm, onClose, isLoss = true, children }: ConfirmDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack gap="lg">
        <div>{text}</div>
        {children}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" data-autofocus onClick={onClose}>
            Cancel
          </Button>
          <Button {...(isLoss ? { color: 'red' } : {})} loading={isBusy} onClick={onConfirm}>
            {act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
