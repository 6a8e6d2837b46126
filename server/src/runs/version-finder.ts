import { type FlowDocument, parseFlow } from '@wirebook/flow';
import type { AppStore } from '@wirebook/store';
import { type PortTargets, toPortTargets } from './run-inputs.ts';

/** Versions by the hash that stands in traces. */
export interface VersionFinder {
  /** Null when this server has no such version; quick, as it is asked for each row. */
  findNumber(flowId: string, hash: string): number | null;
  findDocument(flowId: string, hash: string): FlowDocument | null;
  findTargets(flowId: string, hash: string): PortTargets | null;
}

const mostKept = 5000;

export function createVersionFinder(store: Pick<AppStore, 'versions'>): VersionFinder {
  const numbers = new Map<string, number>();

  function findNumber(flowId: string, hash: string): number | null {
    const key = `${flowId} ${hash}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = store.versions.findNumberByHash(flowId, hash);
    // One that is not there may be made at any moment.
    if (number === undefined) return null;
    if (numbers.size >= mostKept) numbers.clear();
    numbers.set(key, number);
    return number;
  }

  function findDocument(flowId: string, hash: string): FlowDocument | null {
    const number = findNumber(flowId, hash);
    const stored = number === null ? undefined : store.versions.find(flowId, number);
    return stored === undefined ? null : parseFlow(stored.document);
  }

  return {
    findNumber,
    findDocument,
    findTargets: (flowId, hash) => {
      const document = findDocument(flowId, hash);
      return document === null ? null : toPortTargets(document);
    },
  };
}
