import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlayerStop } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { permissionsOfRole } from '@wirebook/api';
import { useState } from 'react';
import { ConfirmDialog } from '../app/confirm-dialog.tsx';
import { useServices } from '../app/services.tsx';
import { describeFailure } from '../transport/api-error.ts';

/** Ends a running run for good; nothing for those who may not. */
export function StopRunButton({ runId }: { readonly runId: string }) {
  const { api, session } = useServices();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const stop = useMutation({
    mutationFn: () => api.call('stopRun', { params: { runId } }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['getRun', runId] }),
    onError: (error) => notifications.show({ color: 'red', title: 'The run was not stopped', message: describeFailure(error) }),
    onSettled: () => setIsAsking(false),
  });
  if (session.user === null || !permissionsOfRole[session.user.role].includes('run.execute')) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlayerStop size={16} stroke={1.75} />}
        onClick={() => setIsAsking(true)}
      >
        Stop run
      </Button>
      {isAsking ? (
        <ConfirmDialog
          title="Stop this run for good?"
          text="What it does now is ended, and what was written stays written. The nodes for the end of a run still run. The analyst reads that you stopped it, unless the action is answered already."
          act="Stop run"
          isBusy={stop.isPending}
          onConfirm={() => stop.mutate()}
          onClose={() => setIsAsking(false)}
        />
      ) : null}
    </>
  );
}
