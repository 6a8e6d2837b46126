import type { FlowDocument } from './flow-schema.ts';
import { maxNameLength } from './rename-node.ts';

/** A name that no node of the flow has: the label itself, else `Set 2`, `Set 3`, … An empty label gives `Node`. */
export function makeNodeName(flow: Pick<FlowDocument, 'nodes'>, label: string): string {
  return pickFreeName(new Set(flow.nodes.map(({ name }) => name)), label);
}

/** Like {@link makeNodeName}, given the names in use. `Set 2` is followed by `Set 3` where a node is called `Set`. */
export function pickFreeName(taken: ReadonlySet<string>, label: string): string {
  const wanted = label.trim().slice(0, maxNameLength) || 'Node';
  if (!taken.has(wanted)) return wanted;
  const [, start = ''] = /^(.+) \d+$/s.exec(wanted) ?? [];
  const base = start !== '' && taken.has(start) ? start : wanted;
  for (let number = 2; ; number += 1) {
    const ending = ` ${number}`;
    const name = base.slice(0, maxNameLength - ending.length) + ending;
    if (!taken.has(name)) return name;
  }
}
