import type { FlowPoint } from '@wirebook/flow';
import type { CanvasDialog, ScreenPoint } from '../state/canvas-dialog-store.ts';

/** Which way on the screen. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** What commands need of the canvas beside the flow: the view, the pointer, the clipboard. */
export interface CanvasControl {
  /** Where the pointer was last over the canvas, else its middle. */
  pointer(): { readonly at: FlowPoint; readonly screen: ScreenPoint };
  /** Middle of what is seen. */
  centre(): FlowPoint;
  /** Moves the view so that the nodes are seen, when they are not. */
  reveal(nodeIds: Iterable<string>): void;
  /** Gives the keyboard to a node, or to the canvas. */
  focus(nodeId?: string): void;
  /** The node that has the keyboard. */
  focusedNodeId(): string | null;
  zoom(to: 'in' | 'out' | 'full' | 'fit'): void;
  open(dialog: CanvasDialog): void;
  closeDialog(): void;
  /** Says something for a moment. */
  tell(text: string, tone: 'info' | 'bad'): void;
  /** Rejects when the browser does not permit it. */
  writeClipboard(text: string): Promise<void>;
  readClipboard(): Promise<string>;
  toggleLeft(): void;
  toggleRight(): void;
  openInspector(): void;
}
