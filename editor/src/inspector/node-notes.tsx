import { Textarea, UnstyledButton } from '@mantine/core';
import { IconNotes } from '@tabler/icons-react';
import type { FlowNode } from '@wirebook/flow';
import { useState } from 'react';
import { useFlowStore } from '../canvas/flow-context.tsx';
import styles from './node-notes.module.css';

/** Notes of a node, in Markdown; out of the way while there are none. */
export function NodeNotes({ node, isReadOnly }: { readonly node: FlowNode; readonly isReadOnly: boolean }) {
  const store = useFlowStore();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen && node.notes === '') {
    return isReadOnly ? null : (
      <UnstyledButton className={styles.add} onClick={() => setOpen(true)}>
        <IconNotes size={14} stroke={1.75} aria-hidden="true" />
        Add notes
      </UnstyledButton>
    );
  }
  return (
    <Textarea
      aria-label="Notes, in Markdown"
      placeholder="Notes, in Markdown"
      autosize
      minRows={2}
      maxRows={6}
      autoFocus={isOpen && node.notes === ''}
      readOnly={isReadOnly}
      value={node.notes}
      onChange={(event) =>
        store.change(
          { kind: 'node-noted', nodeId: node.id, notes: event.currentTarget.value },
          { label: `Note ${node.name}`, isMergeable: true },
        )
      }
    />
  );
}
