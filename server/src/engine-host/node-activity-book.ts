import type { NodeActivity } from '@wirebook/api';
import type { CircuitNewsOfNode, NodeNews } from './engine-channel.ts';

export interface FlowActivity {
  readonly flowId: string;
  readonly nodes: readonly NodeActivity[];
}

/** What the nodes of deployed flows did since the server started, over all engine processes. */
export interface NodeActivityBook {
  /** Gives the nodes that changed. */
  add(news: readonly NodeNews[], circuits?: readonly CircuitNewsOfNode[]): readonly FlowActivity[];
  /** The engine process ended: what ran there runs no more. */
  interrupt(atMs: number): readonly FlowActivity[];
  ofFlow(flowId: string): readonly NodeActivity[];
  /** Forgets flows that are not among these. */
  keepOnly(flowIds: ReadonlySet<string>): void;
}

export function createNodeActivityBook(): NodeActivityBook {
  const flows = new Map<string, Map<string, NodeActivity>>();
  /** Open circuits by flow, node and host. */
  const circuits = new Map<string, Map<string, Map<string, number>>>();

  function addOne({ flowId, ...news }: NodeNews): void {
    const nodes = flows.get(flowId) ?? new Map<string, NodeActivity>();
    flows.set(flowId, nodes);
    const before = nodes.get(news.nodeId);
    nodes.set(news.nodeId, {
      ...news,
      okCount: (before?.okCount ?? 0) + news.okCount,
      failedCount: (before?.failedCount ?? 0) + news.failedCount,
      lastError: news.lastError ?? before?.lastError ?? null,
    });
  }

  function addCircuit({ flowId, nodeId, host, untilMs }: CircuitNewsOfNode): void {
    const ofFlow = circuits.get(flowId) ?? new Map<string, Map<string, number>>();
    const ofNode = ofFlow.get(nodeId) ?? new Map<string, number>();
    circuits.set(flowId, ofFlow.set(nodeId, ofNode));
    if (untilMs === null) ofNode.delete(host);
    else ofNode.set(host, untilMs);
    if (ofNode.size === 0) ofFlow.delete(nodeId);
  }

  /** Of several hosts the one that is left alone for longest. */
  function withCircuit(flowId: string, node: NodeActivity): NodeActivity {
    const [latest] = [...(circuits.get(flowId)?.get(node.nodeId) ?? [])].sort(([, a], [, b]) => b - a);
    return latest === undefined ? node : { ...node, circuit: { host: latest[0], untilMs: latest[1] } };
  }

  function list(flowId: string, nodeIds: Iterable<string>): readonly NodeActivity[] {
    const nodes = flows.get(flowId);
    return [...nodeIds].flatMap((nodeId) => {
      const node = nodes?.get(nodeId);
      return node === undefined ? [] : [withCircuit(flowId, node)];
    });
  }

  return {
    add: (news, ofCircuits = []) => {
      const changed = new Map<string, Set<string>>();
      const mark = ({ flowId, nodeId }: { readonly flowId: string; readonly nodeId: string }) =>
        changed.set(flowId, (changed.get(flowId) ?? new Set()).add(nodeId));
      for (const one of news) {
        addOne(one);
        mark(one);
      }
      for (const one of ofCircuits) {
        addCircuit(one);
        mark(one);
      }
      return [...changed].flatMap(([flowId, nodeIds]) => {
        const nodes = list(flowId, nodeIds);
        return nodes.length === 0 ? [] : [{ flowId, nodes }];
      });
    },
    interrupt: (atMs) => {
      const before = [...circuits];
      circuits.clear();
      return [...flows].flatMap(([flowId, nodes]) => {
        const running = [...nodes.values()].filter(({ state }) => state === 'running');
        for (const node of running) nodes.set(node.nodeId, { ...node, state: 'failed', atMs, lastError: interruption });
        const closed = before.find(([id]) => id === flowId)?.[1].keys() ?? [];
        const changed = list(flowId, new Set([...running.map(({ nodeId }) => nodeId), ...closed]));
        return changed.length === 0 ? [] : [{ flowId, nodes: changed }];
      });
    },
    ofFlow: (flowId) => list(flowId, flows.get(flowId)?.keys() ?? []),
    keepOnly: (flowIds) => {
      for (const flowId of [...flows.keys()]) if (!flowIds.has(flowId)) flows.delete(flowId);
      for (const flowId of [...circuits.keys()]) if (!flowIds.has(flowId)) circuits.delete(flowId);
    },
  };
}

const interruption = 'The engine process ended while this node ran; its message is delivered again.';
