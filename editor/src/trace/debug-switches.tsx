import { Button, Checkbox, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBug, IconChevronDown } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { permissionsOfRole } from '@wirebook/api';
import { useMemo } from 'react';
import { useServices } from '../app/services.tsx';
import { useFlowState, useFlowStore } from '../canvas/flow-context.tsx';
import { describeFailure } from '../transport/api-error.ts';
import styles from './debug-switches.module.css';

/** Debug nodes of the flow, on or off at once, without a deployment. */
export function DebugSwitches() {
  const { api, session } = useServices();
  const flow = useFlowStore();
  const flowId = useFlowState((state) => state.flowId);
  const nodes = useFlowState((state) => state.document.nodes);
  const nodeTypes = useFlowState((state) => state.nodeTypes);
  const switches = useFlowState((state) => state.debugSwitches);
  const debugNodes = useMemo(() => nodes.filter(({ type }) => nodeTypes.findDescriptor(type)?.category === 'debug'), [nodes, nodeTypes]);
  const change = useMutation({
    mutationFn: ({ nodeId, enabled }: { readonly nodeId: string; readonly enabled: boolean }) =>
      api.call('switchDebug', { params: { flowId, nodeId }, body: { enabled } }),
    onSuccess: ({ debugSwitches }) => flow.setDebugSwitches(debugSwitches),
    onError: (error) => notifications.show({ color: 'red', title: 'The debug node was not switched', message: describeFailure(error) }),
  });
  if (debugNodes.length === 0) return null;
  const { user } = session;
  const maySwitch = user !== null && permissionsOfRole[user.role].includes('flow.deploy');
  const isOn = (nodeId: string) => switches[nodeId] ?? nodes.find(({ id }) => id === nodeId)?.config.enabled !== false;
  const onCount = debugNodes.filter(({ id }) => isOn(id)).length;
  return (
    <Menu closeOnItemClick={false} position="top-end" width={260}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconBug size={14} stroke={1.75} />}
          rightSection={<IconChevronDown size={14} stroke={1.75} />}
        >
          {onCount} of {debugNodes.length} debug nodes on
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Applies at once to what is deployed</Menu.Label>
        {debugNodes.map(({ id, name }) => (
          <Menu.Item
            key={id}
            role="menuitemcheckbox"
            aria-checked={isOn(id)}
            disabled={!maySwitch}
            onClick={() => change.mutate({ nodeId: id, enabled: !isOn(id) })}
            leftSection={<Checkbox size="xs" checked={isOn(id)} readOnly tabIndex={-1} aria-hidden className={styles.box ?? ''} />}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
