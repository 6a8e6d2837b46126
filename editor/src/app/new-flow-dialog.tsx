import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { describeFailure } from '../transport/api-error.ts';
import { NameDialog } from './name-dialog.tsx';
import { useServices } from './services.tsx';

/** Makes an empty flow and opens it. */
export function NewFlowDialog({ onClose }: { readonly onClose: () => void }) {
  const { api } = useServices();
  const [, navigate] = useLocation();
  const making = useMutation({
    mutationFn: (name: string) => api.call('createFlow', { body: { name } }),
    onSuccess: (flow) => navigate(`/flows/${flow.id}`),
    onError: (error) => notifications.show({ color: 'red', title: 'The flow was not made', message: describeFailure(error) }),
  });
  return (
    <NameDialog
      title="New flow"
      act="Create flow"
      name=""
      isBusy={making.isPending}
      onClose={onClose}
      onName={(name) => making.mutate(name)}
    />
  );
}
