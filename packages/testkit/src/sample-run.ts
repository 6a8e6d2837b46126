import { isJsonObject, type JsonObject } from '@wirebook/errors';
import type { RunInfo, Trigger } from '@wirebook/node-kit';

/** The trigger of a function call with these inputs, flattened already. */
export function createFunctionTrigger(inputs: JsonObject, changes: Partial<Trigger> = {}): Trigger {
  return {
    kind: 'function',
    destination: 'fn_demo',
    messageId: 'ID:simulator-1',
    headers: {},
    body: { function: { id: 3, name: 'lookup_model_by_id' }, inputs },
    functionName: 'lookup_model_by_id',
    ruleName: null,
    inputs,
    receivedAtMs: Date.UTC(2026, 2, 1, 12),
    ...changes,
  };
}

/** The trigger of a rule; the activity fields of the body are its inputs. */
export function createActionTrigger(body: JsonObject, changes: Partial<Trigger> = {}): Trigger {
  return {
    kind: 'action',
    destination: 'demo_actions',
    messageId: 'ID:simulator-2',
    headers: {},
    body,
    functionName: null,
    ruleName: 'Create Ticket',
    inputs: isJsonObject(body.properties) ? body.properties : {},
    receivedAtMs: Date.UTC(2026, 2, 1, 12),
    ...changes,
  };
}

export function createRunInfo(trigger: Trigger): RunInfo {
  return { runId: 'run000000000000000001', attempt: 1, flowId: 'test-flow', flowName: 'Test flow', trigger };
}
