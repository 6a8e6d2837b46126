import { Textarea } from '@mantine/core';
import type { FlowNode } from '@wirebook/flow';
import { useState } from 'react';
import { useFlowStore } from '../canvas/flow-context.tsx';
import { describeFailure } from '../transport/api-error.ts';
import styles from './node-name.module.css';

const maxLength = 200;

/** The name of a node, to be written over in place: Enter takes it, Escape does not. Expressions that name the node go along. */
export function NodeName({ node, isReadOnly }: { readonly node: FlowNode; readonly isReadOnly: boolean }) {
  const store = useFlowStore();
  const [typed, setTyped] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const text = typed ?? node.name;

  function take(): void {
    const name = text.trim();
    if (typed === null || name === node.name) {
      setTyped(null);
      setRefusal(null);
      return;
    }
    const isTaken = store.getState().document.nodes.some((other) => other.id !== node.id && other.name === name);
    if (name === '' || isTaken) {
      setRefusal(name === '' ? 'A node needs a name.' : `Another node is called "${name}"; names are unique in a flow.`);
      return;
    }
    try {
      store.change({ kind: 'node-renamed', nodeId: node.id, name }, { label: `Rename ${node.name}` });
      setTyped(null);
      setRefusal(null);
    } catch (thrown) {
      setRefusal(describeFailure(thrown));
    }
  }

  return (
    <Textarea
      aria-label="Name of the node"
      autosize
      minRows={1}
      maxRows={4}
      maxLength={maxLength}
      readOnly={isReadOnly}
      value={text}
      error={refusal}
      classNames={{ input: styles.input ?? '' }}
      onChange={(event) => {
        setTyped(event.currentTarget.value.replaceAll('\n', ' '));
        setRefusal(null);
      }}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
          event.preventDefault();
          take();
        } else if (event.key === 'Escape' && typed !== null) {
          event.stopPropagation();
          setTyped(null);
          setRefusal(null);
        }
      }}
    />
  );
}
