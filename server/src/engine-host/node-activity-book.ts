import type { NodeActivity } from '@wirebook/api';
import type { NodeNews } from './engine-channel.ts';

export interface FlowActivity {
  readonly flowId: string;
  readonly nodes: readonly NodeActivity[];
}

/** What the nodes of deployed flows did since the server started, over all engine processes. */
export interface NodeActivityBook {
  /** Gives the nodes that changed. */
  add(news: readonly NodeNews[]): readonly FlowActivity[];
  /** The engine process ended: what ran there runs no more. */
  interrupt(atMs: number): readonly FlowActivity[];
  ofFlow(flowId: string): readonly NodeActivity[];
  /** Forgets flows that are not among these. */
  keepOnly(flowIds: ReadonlySet<string>): void;
}

export function createNodeActivityBook(): NodeActivityBook {
  const flows = new Map<string, Map<string, NodeActivity>>();

  function addOne({ flowId, ...news }: NodeNews): NodeActivity {
    const nodes = flows.get(flowId) ?? new Map<string, NodeActivity>();
    flows.set(flowId, nodes);
    const before = nodes.get(news.nodeId);
    const after: NodeActivity = {
      ...news,
      okCount: (before?.okCount ?? 0) + news.okCount,
      failedCount: (before?.failedCount ?? 0) + news.failedCount,
      lastError: news.lastError ?? before?.lastError ?? null,
    };
    nodes.set(news.nodeId, after);
    return after;
  }

  return {
    add: (news) => {
      const changed = new Map<string, NodeActivity[]>();
      for (const one of news) {
        const ofFlow = changed.get(one.flowId) ?? [];
        changed.set(one.flowId, ofFlow);
        ofFlow.push(addOne(one));
      }
      return [...changed].map(([flowId, nodes]) => ({ flowId, nodes }));
    },
    interrupt: (atMs) =>
      [...flows].flatMap(([flowId, nodes]) => {
        const running = [...nodes.values()].filter(({ state }) => state === 'running');
        const ended = running.map((node): NodeActivity => ({ ...node, state: 'failed', atMs, lastError: interruption }));
        for (const node of ended) nodes.set(node.nodeId, node);
        return ended.length === 0 ? [] : [{ flowId, nodes: ended }];
      }),
    ofFlow: (flowId) => [...(flows.get(flowId)?.values() ?? [])],
    keepOnly: (flowIds) => {
      for (const flowId of [...flows.keys()]) if (!flowIds.has(flowId)) flows.delete(flowId);
    },
  };
}

const interruption = 'The engine process ended while this node ran; its message is delivered again.';
