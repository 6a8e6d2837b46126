import { useStore } from 'zustand';
import { useServices } from '../app/services.tsx';
import type { RunOverlayState } from '../state/run-overlay-store.ts';

/** A part of what is lit on the canvas; draws again when `selector` gives another value. */
export function useRunOverlay<Value>(selector: (state: RunOverlayState) => Value): Value {
  return useStore(useServices().runOverlay, selector);
}
