import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { permissionsOfRole } from '@wirebook/api';
import type { FlowNode } from '@wirebook/flow';
import { useServices } from '../app/services.tsx';
import { describeFailure } from '../transport/api-error.ts';
import { useFlowState } from './flow-context.tsx';

interface InjectButtonProps {
  readonly node: FlowNode;
  /** icon: on the canvas. text: in the form. */
  readonly look: 'icon' | 'text';
}

/** Starts the deployed flow at this node; nothing for a node of another kind and for those who may not. */
export function InjectButton({ node, look }: InjectButtonProps) {
  const { api, nodeTypes, session } = useServices();
  const flowId = useFlowState((state) => state.flowId);
  const inject = useMutation({
    mutationFn: () => api.call('injectMessage', { params: { flowId, nodeId: node.id }, body: { message: readMessage(node) } }),
    onSuccess: () => notifications.show({ title: `"${node.name}" was pressed`, message: 'The run stands below Runs.', autoClose: 3000 }),
    onError: (error) => notifications.show({ color: 'red', title: `"${node.name}" started nothing`, message: describeFailure(error) }),
  });
  const isInject = nodeTypes.findDescriptor(node.type)?.source?.kind === 'inject';
  if (!isInject || node.disabled || session.user === null) return null;
  if (!permissionsOfRole[session.user.role].includes('run.execute')) return null;
  const hint = 'Start what is deployed with the message of this form';
  return look === 'text' ? (
    <Tooltip label={hint}>
      <Button
        size="compact-sm"
        leftSection={<IconPlayerPlay size={14} stroke={1.75} />}
        loading={inject.isPending}
        onClick={() => inject.mutate()}
      >
        Inject
      </Button>
    </Tooltip>
  ) : (
    <Tooltip label={hint}>
      <ActionIcon
        className="nodrag nopan"
        variant="light"
        size="md"
        aria-label={`Inject with "${node.name}"`}
        loading={inject.isPending}
        onClick={(event) => {
          event.stopPropagation();
          inject.mutate();
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <IconPlayerPlay size={14} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  );
}

function readMessage({ config }: FlowNode): Record<string, unknown> {
  const { message } = config;
  return typeof message === 'object' && message !== null && !Array.isArray(message) ? { ...message } : {};
}
