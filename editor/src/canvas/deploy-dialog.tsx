import { Modal, SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeployPreview } from '@wirebook/api';
import { useEffect, useState } from 'react';
import { DrainNote } from '../app/drain-note.tsx';
import { FailureState } from '../app/failure-state.tsx';
import { useServices } from '../app/services.tsx';
import { DeployPlan } from './deploy-plan.tsx';
import { DeployResult } from './deploy-result.tsx';
import { useFlowSession } from './flow-session-context.tsx';

type Scope = 'this' | 'all';

/** Says what a deployment will change, asks where something is doubtful, and does it. */
export function DeployDialog({ onClose }: { readonly onClose: () => void }) {
  const { api } = useServices();
  const session = useFlowSession();
  const { flowId } = session.store.getState();
  const queries = useQueryClient();
  const [scope, setScope] = useState<Scope>('this');
  const [note, setNote] = useState('');
  const [isAccepted, setAccepted] = useState(false);
  const [isOutdated, setOutdated] = useState(false);

  const preview = useQuery({
    queryKey: ['previewDeployment', flowId, scope],
    queryFn: async () => {
      if (!(await session.flush())) throw new Error('The draft could not be saved, and only what is saved can be deployed.');
      return api.call('previewDeployment', { body: scope === 'this' ? { flowIds: [flowId] } : {} });
    },
    gcTime: 0,
    staleTime: 0,
  });

  // The dialog is open beside the canvas: what changes meanwhile is not what was looked at.
  useEffect(() => session.store.subscribe((state, before) => setOutdated((is) => is || state.document !== before.document)), [session]);

  const deploying = useMutation({
    mutationFn: ({ flows }: DeployPreview) =>
      api.call('deploy', {
        body: {
          flowIds: flows.map((flow) => flow.flowId),
          acceptWarnings: isAccepted,
          revisions: Object.fromEntries(flows.map((flow) => [flow.flowId, flow.revision])),
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        },
      }),
    onSuccess: (view) => {
      queries.setQueryData(['listDeployments'], view);
      void queries.invalidateQueries({ queryKey: ['listVersions', flowId] });
      session.takeDeployments(view);
    },
  });

  const plan = preview.data;
  return (
    <Modal opened onClose={onClose} title="Deploy" size={600}>
      {deploying.isSuccess && plan !== undefined ? (
        <DeployResult flows={plan.flows} subscriptions={plan.subscriptions} onClose={onClose} />
      ) : (
        <Stack gap="md">
          <SegmentedControl
            aria-label="What to deploy"
            size="xs"
            value={scope}
            onChange={(next) => setScope(next === 'all' ? 'all' : 'this')}
            data={[
              { value: 'this', label: 'This flow' },
              { value: 'all', label: 'All changed flows' },
            ]}
          />
          {preview.isFetching ? <Skeleton height={96} role="progressbar" aria-label="The changes are being compared" /> : null}
          {preview.error !== null && !preview.isFetching ? (
            <FailureState error={preview.error} onRetry={() => void preview.refetch()} />
          ) : null}
          {plan === undefined || preview.isFetching ? null : (
            <DeployPlan
              plan={plan}
              note={note}
              onNote={setNote}
              isAccepted={isAccepted}
              onAccept={setAccepted}
              isOutdated={isOutdated}
              onRefresh={() => {
                setOutdated(false);
                void preview.refetch();
              }}
              isBusy={deploying.isPending}
              failure={deploying.error}
              onDeploy={() => deploying.mutate(plan)}
              onClose={onClose}
            />
          )}
          {deploying.isPending ? <DrainNote /> : null}
        </Stack>
      )}
    </Modal>
  );
}
