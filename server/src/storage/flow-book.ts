import { WirebookError } from '@wirebook/errors';
import { applyChange, type FlowChange, type FlowDocument, flowVersionHash, parseFlow, parseFlowValue } from '@wirebook/flow';
import type { AppStore, StoredFlow } from '@wirebook/store';
import { makeFlowSlug } from './flow-slug.ts';

/** What is being edited. */
export interface Draft {
  readonly flowId: string;
  readonly revision: number;
  readonly document: FlowDocument;
  /** The same for documents that behave the same. */
  readonly hash: string;
  readonly savedAtMs: number;
  readonly savedBy: string;
}

/** The flows and their drafts. */
export interface FlowBook {
  list(): readonly Draft[];
  /** @throws SERVER_FLOW_UNKNOWN */
  get(flowId: string): Draft;
  /** A new flow; of a document, its content under an id of its own when its id is taken. */
  create(flow: { readonly name: string; readonly document?: unknown; readonly keepsId?: boolean }, by: string): Draft;
  /**
   * Saves changes that were made upon a revision; undefined, and nothing saved, when the draft has moved on.
   *
   * @throws SERVER_FLOW_UNKNOWN, and what `applyChange` throws for a change that does not fit.
   */
  save(flowId: string, baseRevision: number, changes: readonly FlowChange[], by: string): Draft | undefined;
  /** The document of a revision that is kept. */
  findDocument(flowId: string, revision: number): FlowDocument | undefined;
  remove(flowId: string): void;
}

/** @param store the documents in it are JSON text, and each was checked before it was put there. */
export function createFlowBook(store: AppStore): FlowBook {
  /** Reading a document takes longer than finding it. */
  const known = new Map<string, Draft>();

  function toDraft(stored: StoredFlow): Draft {
    const present = known.get(stored.id);
    if (present?.revision === stored.revision && present.savedAtMs === stored.savedAtMs) return present;
    return remember(stored, parseFlow(stored.document));
  }

  function remember(stored: StoredFlow, document: FlowDocument): Draft {
    const { id, revision, savedAtMs, savedBy } = stored;
    const draft = { flowId: id, revision, document, hash: flowVersionHash(document), savedAtMs, savedBy };
    known.set(id, draft);
    return draft;
  }

  function get(flowId: string): Draft {
    const stored = store.flows.find(flowId);
    if (stored === undefined) throw new WirebookError('SERVER_FLOW_UNKNOWN', `there is no flow "${flowId}"`);
    return toDraft(stored);
  }

  return {
    list: () => store.flows.list().map(toDraft),
    get,
    create: ({ name, document, keepsId = true }, by) => {
      const isTaken = (id: string) => store.flows.has(id);
      const given = document === undefined ? undefined : parseFlowValue(document);
      const id = given !== undefined && keepsId && !isTaken(given.id) ? given.id : makeFlowSlug(name, isTaken);
      const content = given ?? parseFlowValue({ format: 1, id, name, nodes: [], wires: [] });
      const whole = { ...content, id, name };
      return remember(store.flows.add({ id, document: JSON.stringify(whole), by }), whole);
    },
    save: (flowId, baseRevision, changes, by) => {
      const present = get(flowId);
      if (present.revision !== baseRevision) return undefined;
      // Checked as a whole: changes that are right one by one must not make a flow that cannot be read again.
      const document = parseFlowValue(changes.reduce(applyChange, present.document));
      const saved = store.flows.save({ id: flowId, baseRevision, document: JSON.stringify(document), by });
      return saved === undefined ? undefined : remember(saved, document);
    },
    findDocument: (flowId, revision) => {
      const text = store.flows.findDocument(flowId, revision);
      return text === undefined ? undefined : parseFlow(text);
    },
    remove: (flowId) => {
      store.flows.remove(flowId);
      known.delete(flowId);
    },
  };
}
