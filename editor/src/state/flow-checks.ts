import { type FlowDocument, type FlowProblem, lintFlow } from '@wirebook/flow';
import type { ApiClient } from '../transport/api-client.ts';
import { describeFailure } from '../transport/api-error.ts';
import type { FlowStore } from './flow-store.ts';

export interface FlowChecksOptions {
  readonly api: ApiClient;
  readonly store: FlowStore;
  readonly startTimer: (delayMs: number, onTime: () => void) => () => void;
  /** The server could not check; what was found here stays. */
  readonly onFailure: (reason: string) => void;
}

/** What the server found beside what is found here, and in which document. */
interface Checked {
  readonly document: FlowDocument;
  readonly problems: readonly FlowProblem[];
}

const quietMs = 500;

/**
 * Keeps the problems of the open flow: what can be found here at once, what only the server finds half a second after the last change.
 * A problem of the server's stays while its node is as it was, so that the list does not flicker. Gives the function that ends it.
 */
export function startFlowChecks({ api, store, startTimer, onFailure }: FlowChecksOptions): () => void {
  let cancelTimer: (() => void) | null = null;
  let stopAsking: AbortController | null = null;
  let fromServer: Checked | null = null;

  function check(): void {
    const { document, nodeTypes } = store.getState();
    const local = lintFlow(document, nodeTypes);
    store.setProblems([...local, ...(fromServer === null ? [] : keepServers(fromServer, document))]);
    cancelTimer?.();
    cancelTimer = startTimer(quietMs, () => void ask());
  }

  async function ask(): Promise<void> {
    stopAsking?.abort();
    const asking = new AbortController();
    stopAsking = asking;
    const { document } = store.getState();
    try {
      const { problems } = await api.call('checkFlow', { body: { document: { ...document } }, signal: asking.signal });
      if (asking.signal.aborted || hasOtherBehaviour(document, store.getState().document)) return;
      const foundHere = new Set(lintFlow(document, store.getState().nodeTypes).map(keyOf));
      fromServer = { document, problems: problems.filter((problem) => !foundHere.has(keyOf(problem))) };
      store.setProblems(problems);
    } catch (thrown) {
      if (!asking.signal.aborted) onFailure(describeFailure(thrown));
    }
  }

  const stopWatching = store.subscribe((state, before) => {
    if (state.document !== before.document && hasOtherBehaviour(state.document, before.document)) check();
  });
  check();

  return () => {
    stopWatching();
    cancelTimer?.();
    stopAsking?.abort();
  };
}

/** Places and names of flows are checked by nobody. */
function hasOtherBehaviour(left: FlowDocument, right: FlowDocument): boolean {
  return left.nodes !== right.nodes || left.wires !== right.wires || left.settings !== right.settings;
}

/** What the server alone finds, of nodes and settings that are as they were when it looked. */
function keepServers({ document: checked, problems }: Checked, document: FlowDocument): FlowProblem[] {
  const before = new Map(checked.nodes.map((node) => [node.id, node]));
  const now = new Map(document.nodes.map((node) => [node.id, node]));
  return problems.filter(({ nodeId, field }) => {
    if (nodeId === undefined) return field !== undefined && document.settings === checked.settings;
    return now.has(nodeId) && now.get(nodeId) === before.get(nodeId);
  });
}

function keyOf({ code, nodeId, field, wire }: FlowProblem): string {
  return [code, nodeId, field, wire].join('\n');
}
