import type { FlowPoint } from '@wirebook/flow';
import { type MouseEvent, type PointerEvent, useMemo, useRef } from 'react';
import { useCanvasTools } from './canvas-control-context.tsx';
import type { CanvasNode } from './derive-nodes.ts';
import type { CanvasWire } from './derive-wires.ts';
import { count } from './edit-commands.ts';
import { findUnplaced } from './place-nodes.ts';

/** What the pointer does on the canvas, wires apart: drag, menus, double click, and where it is. */
export function useCanvasPointer() {
  const { context, dialogs, surface, pointer } = useCanvasTools();
  /** Tab opens the list of nodes only after a click onto the empty canvas: whoever came by Tab goes on by Tab. */
  const wasClicked = useRef(false);

  return useMemo(() => {
    const { store, canvas } = context;

    function keepPlaces(nodes: readonly CanvasNode[]): void {
      const { document } = store.getState();
      const before = document.layout.nodes ?? {};
      const moved = nodes.filter(({ id, position }) => before[id]?.[0] !== position.x || before[id]?.[1] !== position.y);
      if (moved.length === 0) return;
      const positions: Record<string, FlowPoint> = findUnplaced(document);
      for (const { id, position } of moved) positions[id] = [position.x, position.y];
      store.change({ kind: 'nodes-moved', positions }, { label: `Move ${count(moved.map(({ id }) => id))}` });
    }

    function openMenu(event: MouseEvent | globalThis.MouseEvent, of: 'node' | 'wire' | 'canvas'): void {
      event.preventDefault();
      pointer.current = { x: event.clientX, y: event.clientY };
      dialogs.open({ kind: 'menu', of, ...canvas.pointer() });
    }

    function openQuickAdd(): void {
      if (store.getState().mode === 'writing') dialogs.open({ kind: 'quick-add', ...canvas.pointer(), from: null });
    }

    return {
      surface: {
        onPointerMove: (event: PointerEvent) => {
          pointer.current = { x: event.clientX, y: event.clientY };
        },
        onPointerDown: (event: PointerEvent) => {
          const isPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane');
          wasClicked.current = isPane;
          if (isPane) surface.current?.focus({ preventScroll: true });
        },
        onBlur: () => {
          wasClicked.current = false;
        },
        onDoubleClick: (event: MouseEvent) => {
          if (event.target instanceof Element && event.target.classList.contains('react-flow__pane')) openQuickAdd();
        },
        onKeyDown: (event: React.KeyboardEvent) => {
          if (event.key !== 'Tab' || event.shiftKey || event.target !== surface.current || !wasClicked.current) return;
          event.preventDefault();
          wasClicked.current = false;
          openQuickAdd();
        },
      },
      flow: {
        onNodeDragStop: (_event: unknown, _node: CanvasNode, nodes: CanvasNode[]) => keepPlaces(nodes),
        onSelectionDragStop: (_event: unknown, nodes: CanvasNode[]) => keepPlaces(nodes),
        onNodeClick: (event: MouseEvent, { id }: CanvasNode) => {
          if (!event.shiftKey && !event.ctrlKey && !event.metaKey) store.inspect({ nodeId: id });
        },
        onNodeDoubleClick: (_event: unknown, { id }: CanvasNode) => {
          store.inspect({ nodeId: id });
          canvas.openInspector();
        },
        onPaneClick: () => {
          dialogs.close();
          store.inspect(null);
        },
        onNodeContextMenu: (event: MouseEvent, { id }: CanvasNode) => {
          if (!store.getState().selectedNodeIds.has(id)) store.select([id]);
          canvas.focus(id);
          openMenu(event, 'node');
        },
        onSelectionContextMenu: (event: MouseEvent) => openMenu(event, 'node'),
        onEdgeContextMenu: (event: MouseEvent, { id }: CanvasWire) => {
          store.select([], [id]);
          openMenu(event, 'wire');
        },
        onPaneContextMenu: (event: MouseEvent | globalThis.MouseEvent) => openMenu(event, 'canvas'),
      },
    };
  }, [context, dialogs, surface, pointer]);
}
