import { Button } from '@mantine/core';
import { IconCopy, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useServices } from '../app/services.tsx';
import { useCommandContext } from '../canvas/canvas-control-context.tsx';
import { runCommand } from '../canvas/commands.ts';
import { useFlowState, useFlowStore } from '../canvas/flow-context.tsx';
import { NodeIcon } from '../canvas/node-icon.tsx';
import styles from './several-nodes.module.css';

const size = { size: 16, stroke: 1.75 };

/** Several chosen nodes: how many of what, and what can be done with all of them. */
export function SeveralNodes() {
  const store = useFlowStore();
  const context = useCommandContext();
  const { nodeTypes } = useServices();
  const nodes = useFlowState((state) => state.document.nodes);
  const selected = useFlowState((state) => state.selectedNodeIds);
  const isReadOnly = useFlowState((state) => state.mode !== 'writing');
  const chosen = useMemo(() => nodes.filter(({ id }) => selected.has(id)), [nodes, selected]);
  const isAnyEnabled = chosen.some(({ disabled }) => !disabled);

  return (
    <div className={styles.several}>
      <header>
        <h2 className={styles.title}>{chosen.length} nodes</h2>
        <p className={styles.what}>Chosen together; a click on one opens its form.</p>
      </header>
      {isReadOnly ? null : (
        <div className={styles.acts}>
          <Button
            variant="default"
            leftSection={isAnyEnabled ? <IconPlayerPause {...size} /> : <IconPlayerPlay {...size} />}
            onClick={() => {
              const label = `${isAnyEnabled ? 'Disable' : 'Enable'} ${chosen.length} nodes`;
              store.change({ kind: 'nodes-disabled', nodeIds: chosen.map(({ id }) => id), disabled: isAnyEnabled }, { label });
            }}
          >
            {isAnyEnabled ? 'Disable' : 'Enable'}
          </Button>
          <Button variant="default" leftSection={<IconCopy {...size} />} onClick={() => runCommand('duplicate', context)}>
            Duplicate
          </Button>
          <Button variant="default" leftSection={<IconTrash {...size} />} onClick={() => runCommand('delete', context)}>
            Delete
          </Button>
        </div>
      )}
      <ul className={styles.list}>
        {chosen.map((node) => {
          const descriptor = nodeTypes.findDescriptor(node.type);
          return (
            <li key={node.id}>
              <button
                type="button"
                className={styles.row}
                onClick={() => {
                  store.select([node.id]);
                  store.inspect({ nodeId: node.id });
                }}
              >
                <NodeIcon name={descriptor?.icon ?? null} category={descriptor?.category ?? 'logic'} />
                <span className={styles.name}>{node.name}</span>
                {node.disabled ? <span className={styles.what}>disabled</span> : null}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
