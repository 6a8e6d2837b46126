import type { FlowChange, FlowNode } from '@wirebook/flow';

/**
 * What brings a node back to how it was when its form was opened; null when it is so. Its name first: the expressions that read it
 * go along.
 */
export function makeRevert(before: FlowNode, now: FlowNode): FlowChange | null {
  const changes: FlowChange[] = [];
  const nodeId = now.id;
  if (before.name !== now.name) changes.push({ kind: 'node-renamed', nodeId, name: before.name });
  if (JSON.stringify(before.config) !== JSON.stringify(now.config))
    changes.push({ kind: 'node-configured', nodeId, config: before.config });
  if (before.notes !== now.notes) changes.push({ kind: 'node-noted', nodeId, notes: before.notes });
  if (before.timeoutMs !== now.timeoutMs || JSON.stringify(before.retry) !== JSON.stringify(now.retry))
    changes.push({ kind: 'node-guarded', nodeId, timeoutMs: before.timeoutMs ?? null, retry: before.retry ?? null });
  if (before.disabled !== now.disabled) changes.push({ kind: 'nodes-disabled', nodeIds: [nodeId], disabled: before.disabled });
  const label = `Revert ${before.name}`;
  return changes.length === 0 ? null : { kind: 'batch', changes, label };
}
