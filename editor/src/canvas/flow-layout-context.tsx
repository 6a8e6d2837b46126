import { createContext, useContext } from 'react';

/** The panels beside the canvas, for buttons and keys that fold them; the bottom one has its own store. */
export interface FlowLayout {
  readonly isLeftFolded: boolean;
  readonly isRightFolded: boolean;
  toggleLeft(): void;
  toggleRight(): void;
  /** Unfolds the inspector. */
  openRight(): void;
}

export const FlowLayoutContext = createContext<FlowLayout | null>(null);

export function useFlowLayout(): FlowLayout {
  const layout = useContext(FlowLayoutContext);
  if (layout === null) throw new Error('a part of the flow page was drawn outside its layout');
  return layout;
}
