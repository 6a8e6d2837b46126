import { Switch } from '@mantine/core';
import type { FlowNode } from '@wirebook/flow';
import { useServices } from '../app/services.tsx';
import { useFlowStore } from '../canvas/flow-context.tsx';
import { InjectButton } from '../canvas/inject-button.tsx';
import { NodeIcon } from '../canvas/node-icon.tsx';
import styles from './node-head.module.css';
import { NodeName } from './node-name.tsx';
import { NodeNotes } from './node-notes.tsx';
import { NodeProblems } from './node-problems.tsx';

/** What a node is and how it stands: icon, name, type, switch, problems, notes. */
export function NodeHead({ node, isReadOnly }: { readonly node: FlowNode; readonly isReadOnly: boolean }) {
  const store = useFlowStore();
  const { nodeTypes } = useServices();
  const descriptor = nodeTypes.findDescriptor(node.type);
  return (
    <header className={styles.head}>
      <div className={styles.line}>
        <NodeIcon name={descriptor?.icon ?? null} category={descriptor?.category ?? 'logic'} size="large" />
        <div className={styles.names}>
          <NodeName node={node} isReadOnly={isReadOnly} />
          <p className={styles.type}>
            {descriptor?.label ?? 'Not installed'}
            <span className={styles.api}>{node.type}</span>
          </p>
        </div>
        <InjectButton node={node} look="text" />
        <Switch
          size="xs"
          checked={!node.disabled}
          disabled={isReadOnly}
          labelPosition="left"
          label={node.disabled ? 'Disabled' : 'Enabled'}
          aria-label={`"${node.name}" is enabled`}
          onChange={(event) => {
            const disabled = !event.currentTarget.checked;
            store.change(
              { kind: 'nodes-disabled', nodeIds: [node.id], disabled },
              { label: `${disabled ? 'Disable' : 'Enable'} ${node.name}` },
            );
          }}
        />
      </div>
      <NodeProblems node={node} />
      <NodeNotes node={node} isReadOnly={isReadOnly} />
    </header>
  );
}
