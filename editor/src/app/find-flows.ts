import type { FlowSummary } from '@wirebook/api';

/** Flows that have every word in name, id, description, triggers or state, in the order given. */
export function findFlows(flows: readonly FlowSummary[], words: string): readonly FlowSummary[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return flows;
  return flows.filter((flow) => {
    const text = [flow.name, flow.id, flow.description, flow.state, ...flow.triggers].join('\n').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
