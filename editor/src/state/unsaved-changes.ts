import { type FlowChange, parseFlowChange } from '@wirebook/flow';

/** The part of the browser's storage that is used; sessionStorage fits. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What the server did not have yet when the tab was left or reloaded. */
export interface UnsavedChanges {
  readonly leaseId: string;
  readonly clientId: string;
  /** Of the draft that the changes were made to. */
  readonly baseRevision: number;
  readonly changes: readonly FlowChange[];
}

const keyOf = (flowId: string) => `wirebook-unsaved:${flowId}`;

/** A storage that is full or forbidden keeps nothing; the changes are still in the open page, which says that they are not saved. */
export function keepUnsaved(storage: KeyValueStorage, flowId: string, unsaved: UnsavedChanges): boolean {
  try {
    storage.setItem(keyOf(flowId), JSON.stringify(unsaved));
    return true;
  } catch (thrown) {
    if (thrown instanceof DOMException) return false;
    throw thrown;
  }
}

export function forgetUnsaved(storage: KeyValueStorage, flowId: string): void {
  storage.removeItem(keyOf(flowId));
}

/** Null when there is nothing, or nothing that can be read. */
export function findUnsaved(storage: KeyValueStorage, flowId: string): UnsavedChanges | null {
  const text = storage.getItem(keyOf(flowId));
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const read = (key: string): unknown => Reflect.get(value, key);
    const [leaseId, clientId, baseRevision, changes] = [read('leaseId'), read('clientId'), read('baseRevision'), read('changes')];
    if (typeof leaseId !== 'string' || typeof clientId !== 'string' || typeof baseRevision !== 'number' || !Array.isArray(changes))
      return null;
    return { leaseId, clientId, baseRevision, changes: changes.map((change: unknown) => parseFlowChange(change)) };
  } catch (thrown) {
    // Written by another version of the product, or by nobody of ours: it fits nothing.
    forgetUnsaved(storage, flowId);
    if (thrown instanceof Error) return null;
    throw thrown;
  }
}
