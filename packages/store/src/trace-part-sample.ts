import type { TracePart } from '@wirebook/engine';
import type { JsonValue } from '@wirebook/errors';
import type { RunHead, RunOutcome } from '@wirebook/trace';

export interface PartOptions {
  readonly runId: string;
  readonly outcome: RunOutcome | null;
  readonly attempt?: number;
  readonly startedAtMs?: number;
  readonly flowId?: string;
  readonly triggerBody?: Uint8Array | null;
  readonly value?: JsonValue;
  readonly log?: string;
}

/** One attempt of a small run, as the engine hands it on; for tests. */
export function makePart(options: PartOptions): TracePart {
  const { runId, outcome, attempt = 1, startedAtMs = 1000, flowId = 'lookup' } = options;
  const seq = attempt * 1000;
  const head: RunHead = {
    runId,
    flowId,
    flowName: `Flow ${flowId}`,
    flowVersion: 'abc',
    triggerKind: 'function',
    destination: 'actions.201.fn_main',
    messageId: `ID:${runId}`,
    correlationId: `invid:${runId}`,
    triggerName: 'lookup_model_by_id',
    incidentId: 2095,
    startedAtMs,
  };
  const failed = { code: 'HTTP_STATUS', message: 'the server said 503' } as const;
  return {
    head,
    attempt,
    events: [
      { type: 'attempt.started', seq, atMs: startedAtMs, attempt, reason: 'delivered' },
      { type: 'step.started', seq: seq + 1, atMs: startedAtMs, stepId: 1, nodeId: 'n1', parentStepId: null },
      { type: 'step.logged', seq: seq + 2, atMs: startedAtMs, stepId: 1, level: 'info', text: options.log ?? 'nothing special' },
      {
        type: 'step.emitted',
        seq: seq + 3,
        atMs: startedAtMs + 1,
        stepId: 1,
        port: 'out',
        output: { value: options.value ?? { model: 'T-800' }, sizeBytes: null, truncated: false },
      },
      outcome === 'failed'
        ? { type: 'step.failed', seq: seq + 4, atMs: startedAtMs + 2, stepId: 1, error: failed, handled: false }
        : { type: 'step.finished', seq: seq + 4, atMs: startedAtMs + 2, stepId: 1 },
      ...(outcome === null
        ? []
        : [{ type: 'run.finished', seq: seq + 5, atMs: startedAtMs + 3, outcome, error: outcome === 'failed' ? failed : null } as const]),
    ],
    triggerBody: options.triggerBody ?? null,
    triggerHeaders: options.triggerBody == null ? null : { 'message-id': `ID:${runId}` },
    finished: outcome === null ? null : { atMs: startedAtMs + 3, outcome, errorCode: outcome === 'failed' ? 'HTTP_STATUS' : null },
  };
}
