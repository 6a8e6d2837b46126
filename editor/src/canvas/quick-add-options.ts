import type { NodeTypeView } from '@wirebook/api';
import { searchNodeTypes } from '../palette/search-node-types.ts';
import type { LooseEnd } from '../state/canvas-dialog-store.ts';

export interface QuickAddFilter {
  /** The end of a wire that the new node is to be wired to. */
  readonly from: LooseEnd | null;
  readonly only?: 'sources' | undefined;
}

/** The node types that fit at the end of a wire and to what was typed; all types where no wire waits. */
export function listQuickAddOptions(
  types: readonly NodeTypeView[],
  { from, only }: QuickAddFilter,
  typed: string,
): readonly NodeTypeView[] {
  return searchNodeTypes(types, typed).filter(({ descriptor }) => {
    if (only === 'sources' && descriptor.source === undefined) return false;
    if (from === null) return true;
    if (from.side === 'output') return Object.keys(descriptor.inputs).length > 0;
    return Object.keys(descriptor.outputs).length > 0 || descriptor.outputsFromConfig !== undefined;
  });
}
