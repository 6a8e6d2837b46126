import { describeDiff, diffFlows } from '@wirebook/flow';
import type { FlowState } from '../state/flow-store.ts';

/** How the draft stands with what runs: `3 changes not deployed`. */
export function describeDeployed({ document, deployed, isChanged }: Pick<FlowState, 'document' | 'deployed' | 'isChanged'>): string {
  if (deployed === null) return 'not deployed';
  if (!isChanged) return `version ${deployed.version} runs`;
  const changes = describeDiff(diffFlows(deployed.document, document)).length;
  return `${changes} ${changes === 1 ? 'change' : 'changes'} not deployed`;
}

/** How the draft stands with the server: `draft saved 12:04`. */
export function describeSave(save: FlowState['save'], formatClock: (atMs: number) => string): string {
  switch (save.kind) {
    case 'saved':
      return `draft saved ${formatClock(save.atMs)}`;
    case 'waiting':
      return 'not saved yet';
    case 'saving':
      return 'saving';
    case 'offline':
      return `not saved: ${save.reason}`;
    default:
      return save satisfies never;
  }
}
