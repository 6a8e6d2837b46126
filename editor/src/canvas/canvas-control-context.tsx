import { notifications } from '@mantine/notifications';
import { useReactFlow } from '@xyflow/react';
import { createContext, type ReactNode, type RefObject, useContext, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../app/services.tsx';
import { type CanvasDialog, type CanvasDialogStore, createCanvasDialogStore, type ScreenPoint } from '../state/canvas-dialog-store.ts';
import type { CanvasControl } from './canvas-control.ts';
import type { CommandContext } from './command.ts';
import { useFlowStore } from './flow-context.tsx';
import { useFlowLayout } from './flow-layout-context.tsx';
import { faceHeight, nodeWidth } from './node-geometry.ts';
import { placeNodes } from './place-nodes.ts';

/** The canvas as everything on the page of a flow reaches it. */
interface CanvasTools {
  readonly context: CommandContext;
  readonly dialogs: CanvasDialogStore;
  /** The element that has the keyboard when the canvas has it. */
  readonly surface: RefObject<HTMLDivElement | null>;
  /** Where the pointer was last over the canvas. */
  readonly pointer: { current: ScreenPoint | null };
}

const ToolsContext = createContext<CanvasTools | null>(null);

export function useCanvasTools(): CanvasTools {
  const tools = useContext(ToolsContext);
  if (tools === null) throw new Error('a part of the flow page was drawn outside CanvasControlProvider');
  return tools;
}

/** What commands act on. */
export function useCommandContext(): CommandContext {
  return useCanvasTools().context;
}

/** What is open over the canvas. */
export function useCanvasDialog(): CanvasDialog | null {
  return useStore(useCanvasTools().dialogs, ({ dialog }) => dialog);
}

const animationMs = 120;

/** Gives palette, header and canvas one way to reach the view. Stands inside ReactFlowProvider and the layout. */
export function CanvasControlProvider({ children }: { readonly children: ReactNode }) {
  const store = useFlowStore();
  const { newId } = useServices();
  const flow = useReactFlow();
  const layout = useFlowLayout();
  const layoutRef = useRef(layout);
  layoutRef.current = layout;
  const surface = useRef<HTMLDivElement | null>(null);
  const pointer = useRef<ScreenPoint | null>(null);
  const [dialogs] = useState(createCanvasDialogStore);

  const tools = useMemo<CanvasTools>(() => {
    const box = () => surface.current?.getBoundingClientRect() ?? new DOMRect();
    const middle = (): ScreenPoint => {
      const { left, top, width, height } = box();
      return { x: left + width / 2, y: top + height / 2 };
    };
    const toFlow = (point: ScreenPoint) => {
      const { x, y } = flow.screenToFlowPosition(point);
      return [x, y] as const;
    };
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : animationMs;

    function reveal(nodeIds: Iterable<string>): void {
      const places = placeNodes(store.getState().document);
      const points = [...nodeIds].flatMap((id) => places.get(id) ?? []);
      const xs = points.filter((_, index) => index % 2 === 0);
      const ys = points.filter((_, index) => index % 2 === 1);
      if (xs.length === 0) return;
      const [left, right] = [Math.min(...xs), Math.max(...xs) + nodeWidth];
      const [top, bottom] = [Math.min(...ys), Math.max(...ys) + faceHeight];
      const seen = box();
      const [minX, minY] = toFlow({ x: seen.left, y: seen.top });
      const [maxX, maxY] = toFlow({ x: seen.right, y: seen.bottom });
      // The view jumps only for what is half out of sight or more: a node at the edge can be clicked as it is.
      const [halfX, halfY] = [nodeWidth / 2, faceHeight / 2];
      if (left + halfX >= minX && right - halfX <= maxX && top + halfY >= minY && bottom - halfY <= maxY) return;
      void flow.setCenter((left + right) / 2, (top + bottom) / 2, { zoom: Math.max(flow.getZoom(), 0.6), duration });
    }

    const canvas: CanvasControl = {
      pointer: () => {
        const screen = pointer.current ?? middle();
        return { screen, at: toFlow(screen) };
      },
      centre: () => toFlow(middle()),
      reveal,
      focus: (nodeId) => {
        const element = nodeId === undefined ? surface.current : findNodeElement(surface.current, nodeId);
        if (element !== null) element.focus({ preventScroll: true });
        // A node that was out of sight is drawn after the view has moved.
        else requestAnimationFrame(() => findNodeElement(surface.current, nodeId ?? '')?.focus({ preventScroll: true }));
      },
      focusedNodeId: () => {
        const focused = document.activeElement?.closest<HTMLElement>('.react-flow__node');
        return focused !== null && focused !== undefined && surface.current?.contains(focused) ? (focused.dataset.id ?? null) : null;
      },
      zoom: (to) => {
        if (to === 'in') void flow.zoomIn({ duration });
        else if (to === 'out') void flow.zoomOut({ duration });
        else if (to === 'full') void flow.zoomTo(1, { duration });
        else void flow.fitView({ duration, padding: 0.15, maxZoom: 1 });
      },
      open: dialogs.open,
      closeDialog: dialogs.close,
      tell: (text, tone) => notifications.show({ message: text, color: tone === 'bad' ? 'red' : 'blue' }),
      writeClipboard: (text) => navigator.clipboard.writeText(text),
      readClipboard: () => navigator.clipboard.readText(),
      toggleLeft: () => layoutRef.current.toggleLeft(),
      toggleRight: () => layoutRef.current.toggleRight(),
      openInspector: () => layoutRef.current.openRight(),
    };
    return { context: { store, canvas, newId }, dialogs, surface, pointer };
  }, [store, newId, flow, dialogs]);

  return <ToolsContext value={tools}>{children}</ToolsContext>;
}

function findNodeElement(surface: HTMLElement | null, nodeId: string): HTMLElement | null {
  return surface?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`) ?? null;
}
