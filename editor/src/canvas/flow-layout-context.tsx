import { createContext, type ReactNode, type RefObject, useContext, useMemo, useState } from 'react';
import { type PanelImperativeHandle, usePanelRef } from 'react-resizable-panels';

/** The panels beside the canvas, for buttons and keys that fold them; the bottom one has its own store. */
export interface FlowLayoutControl {
  readonly isLeftFolded: boolean;
  readonly isRightFolded: boolean;
  toggleLeft(): void;
  toggleRight(): void;
  /** Unfolds the inspector. */
  openRight(): void;
}

/** What the layout itself needs: the panels, and whom it tells of their folding. */
interface LayoutParts extends FlowLayoutControl {
  readonly left: RefObject<PanelImperativeHandle | null>;
  readonly right: RefObject<PanelImperativeHandle | null>;
  setLeftFolded(isFolded: boolean): void;
  setRightFolded(isFolded: boolean): void;
}

const LayoutContext = createContext<LayoutParts | null>(null);

export function FlowLayoutProvider({ children }: { readonly children: ReactNode }) {
  const left = usePanelRef();
  const right = usePanelRef();
  const [isLeftFolded, setLeftFolded] = useState(false);
  const [isRightFolded, setRightFolded] = useState(false);
  const parts = useMemo<LayoutParts>(
    () => ({
      left,
      right,
      isLeftFolded,
      isRightFolded,
      setLeftFolded,
      setRightFolded,
      toggleLeft: () => togglePanel(left.current),
      toggleRight: () => togglePanel(right.current),
      openRight: () => right.current?.expand(),
    }),
    [left, right, isLeftFolded, isRightFolded],
  );
  return <LayoutContext value={parts}>{children}</LayoutContext>;
}

export function togglePanel(panel: PanelImperativeHandle | null): void {
  if (panel?.isCollapsed()) panel.expand();
  else panel?.collapse();
}

export function useLayoutParts(): LayoutParts {
  const parts = useContext(LayoutContext);
  if (parts === null) throw new Error('a part of the flow page was drawn outside FlowLayoutProvider');
  return parts;
}

export function useFlowLayout(): FlowLayoutControl {
  return useLayoutParts();
}
