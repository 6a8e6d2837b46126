import type { DragEvent, ReactNode } from 'react';
import { useServices } from '../app/services.tsx';
import { makeNodeAdded } from './add-node.ts';
import { useCanvasTools } from './canvas-control-context.tsx';
import styles from './canvas-drop-zone.module.css';
import { faceHeight, nodeWidth } from './node-geometry.ts';
import { nodeTypeMime } from './node-type-mime.ts';

/** Takes node types that are dragged from the palette. */
export function CanvasDropZone({ children }: { readonly children: ReactNode }) {
  const { context, pointer } = useCanvasTools();
  const { nodeTypes } = useServices();

  function drop(event: DragEvent): void {
    const descriptor = nodeTypes.findDescriptor(event.dataTransfer.getData(nodeTypeMime));
    const { store, canvas, newId } = context;
    if (descriptor === undefined || store.getState().mode !== 'writing') return;
    event.preventDefault();
    pointer.current = { x: event.clientX, y: event.clientY };
    const [x, y] = canvas.pointer().at;
    const id = newId();
    const { document } = store.getState();
    store.change(makeNodeAdded({ document, nodeTypes, descriptor, id, at: [x - nodeWidth / 2, y - faceHeight / 2], from: null }), {
      label: `Add ${descriptor.label}`,
    });
    store.select([id]);
    store.inspect({ nodeId: id });
    canvas.focus(id);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: adding by keyboard is in the palette and under N.
    <div
      className={styles.zone}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(nodeTypeMime)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      }}
      onDrop={drop}
    >
      {children}
    </div>
  );
}
