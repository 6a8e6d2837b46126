import { Anchor, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { NodeTypeView } from '@wirebook/api';
import type { NodeDescriptor } from '@wirebook/node-kit';
import { useMemo, useState } from 'react';
import { useServices } from '../app/services.tsx';
import { findFreeOutput, findPlace, makeNodeAdded } from '../canvas/add-node.ts';
import { useCommandContext } from '../canvas/canvas-control-context.tsx';
import { useFlowState } from '../canvas/flow-context.tsx';
import { nodeCategories } from './node-categories.ts';
import styles from './palette.module.css';
import { PaletteItem } from './palette-item.tsx';
import { searchNodeTypes } from './search-node-types.ts';

/** The node types by category, to drag onto the canvas or to add beside what is selected. */
export function Palette() {
  const { nodeTypes } = useServices();
  const { store, canvas, newId } = useCommandContext();
  const isWriting = useFlowState(({ mode }) => mode === 'writing');
  const [typed, setTyped] = useState('');
  const found = useMemo(() => searchNodeTypes(nodeTypes.all, typed), [nodeTypes, typed]);

  function add(descriptor: NodeDescriptor): void {
    const { document, selectedNodeIds } = store.getState();
    const [beside] = selectedNodeIds.size === 1 ? selectedNodeIds : [];
    const id = newId();
    const at = findPlace(document, descriptor, beside ?? null, canvas.centre());
    const from = beside === undefined ? null : findFreeOutput(document, nodeTypes, beside);
    store.change(makeNodeAdded({ document, nodeTypes, descriptor, id, at, from }), { label: `Add ${descriptor.label}` });
    store.select([id]);
    store.inspect({ nodeId: id });
    canvas.reveal([id]);
  }

  return (
    <div className={styles.palette}>
      <TextInput
        className={styles.search ?? ''}
        aria-label="Search nodes"
        placeholder="Search nodes"
        leftSection={<IconSearch size={16} stroke={1.75} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = found;
          if (event.key === 'Enter' && first !== undefined && isWriting) add(first.descriptor);
          if (event.key === 'Escape') setTyped('');
        }}
      />
      <div className={styles.list}>
        {nodeCategories.map(({ id, label }) => (
          <Category
            key={id}
            label={label}
            views={found.filter(({ descriptor }) => descriptor.category === id)}
            isWriting={isWriting}
            onAdd={add}
          />
        ))}
        {found.length === 0 ? (
          <p className={styles.nothing}>
            No node has these words.{' '}
            <Anchor component="button" type="button" onClick={() => setTyped('')}>
              Show all
            </Anchor>
          </p>
        ) : null}
      </div>
    </div>
  );
}

interface CategoryProps {
  readonly label: string;
  readonly views: readonly NodeTypeView[];
  readonly isWriting: boolean;
  readonly onAdd: (descriptor: NodeDescriptor) => void;
}

function Category({ label, views, isWriting, onAdd }: CategoryProps) {
  if (views.length === 0) return null;
  return (
    <section aria-label={label}>
      <h2 className={styles.category}>{label}</h2>
      <ul className={styles.items}>
        {views.map(({ descriptor }) => (
          <li key={descriptor.type}>
            <PaletteItem descriptor={descriptor} isEnabled={isWriting} onAdd={() => onAdd(descriptor)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
