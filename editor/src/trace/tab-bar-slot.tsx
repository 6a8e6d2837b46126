import { createContext, type ReactNode, useContext } from 'react';
import { createPortal } from 'react-dom';

const SlotContext = createContext<HTMLElement | null>(null);

/** Gives the tabs below the canvas the room at the right of their bar: a row of its own would cost height. */
export const TabBarSlotProvider = SlotContext;

/** Draws its children in the bar of the tabs. */
export function TabBarSlot({ children }: { readonly children: ReactNode }) {
  const slot = useContext(SlotContext);
  return slot === null ? null : createPortal(children, slot);
}
