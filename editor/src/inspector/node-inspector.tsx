import { Button, Tabs, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useServices } from '../app/services.tsx';
import { useCommandContext } from '../canvas/canvas-control-context.tsx';
import { useFlowState, useFlowStore } from '../canvas/flow-context.tsx';
import { describeFailure } from '../transport/api-error.ts';
import { ConfigureTab } from './configure-tab.tsx';
import { HelpTab } from './help-tab.tsx';
import { NodeHead } from './node-head.tsx';
import styles from './node-inspector.module.css';
import { RecordedTab } from './recorded-tab.tsx';
import { RetrySection } from './retry-section.tsx';
import { makeRevert } from './revert-node.ts';

/** Head and tabs of one node. Ctrl+Enter closes, Ctrl+Escape takes back what was changed since it was opened. */
export function NodeInspector({ nodeId }: { readonly nodeId: string }) {
  const store = useFlowStore();
  const { nodeTypes } = useServices();
  const { canvas } = useCommandContext();
  const node = useFlowState((state) => state.document.nodes.find(({ id }) => id === nodeId));
  const isReadOnly = useFlowState((state) => state.mode !== 'writing');
  const inspected = useFlowState((state) => state.inspected);
  const [opened] = useState(node);
  const [tab, setTab] = useState<string | null>('configure');

  useEffect(() => {
    if (inspected?.nodeId === nodeId && inspected.field !== undefined) setTab('configure');
  }, [inspected, nodeId]);

  if (node === undefined) return null;
  const view = nodeTypes.findView(node.type);
  const revert = opened === undefined || isReadOnly ? null : makeRevert(opened, node);

  function close(): void {
    store.inspect(null);
    canvas.focus(nodeId);
  }
  function takeBack(): void {
    if (revert === null || opened === undefined) return;
    try {
      store.change(revert, { label: `Revert ${opened.name}` });
    } catch (thrown) {
      notifications.show({ color: 'red', title: `"${node?.name}" was left as it is`, message: describeFailure(thrown) });
    }
  }
  function onKeyDownCapture(event: KeyboardEvent): void {
    // Windows that a field opens stand elsewhere on the page, and have keys of their own.
    const isInside = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (!isInside || !(event.ctrlKey || event.metaKey)) return;
    if (event.key === 'Enter' && !event.shiftKey) close();
    else if (event.key === 'Escape') takeBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={styles.node} onKeyDownCapture={onKeyDownCapture}>
      <NodeHead node={node} isReadOnly={isReadOnly} />
      <Tabs value={tab} onChange={setTab} className={styles.tabs ?? ''}>
        <Tabs.List className={styles.bar ?? ''}>
          <Tabs.Tab value="configure">Configure</Tabs.Tab>
          <Tabs.Tab value="input">Input</Tabs.Tab>
          <Tabs.Tab value="output">Output</Tabs.Tab>
          <Tabs.Tab value="help">Help</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="configure" className={styles.content ?? ''}>
          <ConfigureTab node={node} isReadOnly={isReadOnly} />
          <RetrySection node={node} isReadOnly={isReadOnly} />
        </Tabs.Panel>
        <Tabs.Panel value="input" keepMounted={false} className={styles.content ?? ''}>
          <RecordedTab node={node} side="input" />
        </Tabs.Panel>
        <Tabs.Panel value="output" keepMounted={false} className={styles.content ?? ''}>
          <RecordedTab node={node} side="output" />
        </Tabs.Panel>
        <Tabs.Panel value="help" keepMounted={false} className={styles.content ?? ''}>
          <HelpTab view={view} isReadOnly={isReadOnly} />
        </Tabs.Panel>
      </Tabs>
      {revert === null ? null : (
        <div className={styles.foot}>
          <Tooltip label="Take back what was changed here since it was opened (Ctrl+Escape)">
            <Button variant="subtle" color="gray" onClick={takeBack}>
              Revert
            </Button>
          </Tooltip>
          <Tooltip label="Back to the canvas (Ctrl+Enter)">
            <Button variant="default" onClick={close}>
              Done
            </Button>
          </Tooltip>
        </div>
      )}
    </div>
  );
}
