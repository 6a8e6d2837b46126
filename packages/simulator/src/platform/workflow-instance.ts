import type { Organisation } from './organisation.ts';
import type { Principal } from './principal.ts';

/** One run of a workflow on an object of an incident. */
export interface WorkflowInstance {
  readonly id: number;
  readonly workflowId: number;
  readonly incidentId: number;
  readonly objectTypeId: number;
  readonly objectId: number;
  readonly startedBy: Principal;
  readonly startedMs: number;
  status: 'running' | 'completed' | 'terminated';
  endedMs: number | null;
  /** Why it was terminated; null unless it was. */
  reason: string | null;
}

const keptInstances = 10_000;

/** Of more than 10,000 the oldest is forgotten. */
export function rememberWorkflowInstance(org: Organisation, instance: WorkflowInstance): void {
  org.workflowInstances.set(instance.id, instance);
  const [oldest] = org.workflowInstances.keys();
  if (org.workflowInstances.size > keptInstances && oldest !== undefined) org.workflowInstances.delete(oldest);
}

/** An instance ends once; what comes later changes nothing. */
export function endWorkflowInstance(instance: WorkflowInstance, nowMs: number, reason: string | null): void {
  if (instance.status !== 'running') return;
  instance.status = reason === null ? 'completed' : 'terminated';
  instance.endedMs = nowMs;
  instance.reason = reason;
}
