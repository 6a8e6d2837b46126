import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '../app/confirm-dialog.tsx';
import { DrainNote } from '../app/drain-note.tsx';
import { useServices } from '../app/services.tsx';
import { describeFailure } from '../transport/api-error.ts';
import { useFlowState } from './flow-context.tsx';
import { useFlowSession } from './flow-session-context.tsx';

/** Asks before a flow stops. */
export function UndeployDialog({ onClose }: { readonly onClose: () => void }) {
  const { api } = useServices();
  const session = useFlowSession();
  const queries = useQueryClient();
  const flowId = useFlowState((state) => state.flowId);
  const name = useFlowState(({ document }) => document.name);
  const stopping = useMutation({
    mutationFn: () => api.call('undeploy', { params: { flowId } }),
    onSuccess: (view) => {
      queries.setQueryData(['listDeployments'], view);
      session.takeDeployments(view);
      notifications.show({ message: `"${name}" does not run any more.` });
      onClose();
    },
    onError: (error) => notifications.show({ color: 'red', title: 'The flow was not stopped', message: describeFailure(error) }),
  });
  return (
    <ConfirmDialog
      title={`Undeploy "${name}"`}
      text="It takes no further messages; runs in flight finish first. Draft and versions stay."
      act="Undeploy"
      isBusy={stopping.isPending}
      onConfirm={() => stopping.mutate()}
      onClose={onClose}
    >
      {stopping.isPending ? <DrainNote /> : null}
    </ConfirmDialog>
  );
}
