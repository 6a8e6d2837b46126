import { toWirebookError } from '@wirebook/errors';
import type { JsonObject, JsonValue } from '../json-value.ts';
import type { WritePlace } from '../platform/incident-writes.ts';
import type { Incident, Organisation } from '../platform/organisation.ts';
import type { Platform } from '../platform/platform.ts';
import { type Principal, systemPrincipal } from '../platform/principal.ts';
import type { FunctionDefinition, Workflow } from '../platform/rule.ts';
import { endWorkflowInstance, rememberWorkflowInstance, type WorkflowInstance } from '../platform/workflow-instance.ts';
import type { ActionObject } from './action-object.ts';
import type { CallBook } from './call-book.ts';
import { encodeInputs, readInputSource } from './input-value.ts';
import type { Call, Invocation } from './invocation.ts';
import { toFunctionBody } from './message-body.ts';
import { performPostWrite } from './post-write.ts';

/** Where a workflow runs. */
export interface WorkflowScope {
  readonly platform: Platform;
  readonly book: CallBook;
  readonly org: Organisation;
  readonly incident: Incident;
  readonly object: ActionObject;
  readonly properties: JsonObject | null;
  readonly principal: Principal;
  readonly timeoutMs: number;
}

/**
 * Starts a workflow: its calls run one after the other, each with its writes; the first that fails ends it.
 *
 * @returns a promise that resolves when the first message is with the broker.
 */
export function startWorkflow(invocation: Invocation, workflow: Workflow, scope: WorkflowScope): Promise<void> {
  invocation.openBranches += 1;
  const { org, platform, incident, object, principal } = scope;
  const instance: WorkflowInstance = {
    id: platform.counters.nextObjectId('workflowInstance'),
    workflowId: workflow.id,
    incidentId: incident.id,
    objectTypeId: object.type.id,
    objectId: object.id,
    startedBy: principal,
    startedMs: platform.clock.now(),
    status: 'running',
    endedMs: null,
    reason: null,
  };
  rememberWorkflowInstance(org, instance);
  return runCall(invocation, { workflow, instance, index: 0 }, scope);
}

interface Position {
  readonly workflow: Workflow;
  readonly instance: WorkflowInstance;
  readonly index: number;
}

async function runCall(invocation: Invocation, position: Position, scope: WorkflowScope): Promise<void> {
  const { workflow, instance, index } = position;
  const call = workflow.calls[index];
  const definition = call === undefined ? undefined : scope.org.functions.get(call.functionId);
  if (call === undefined || definition === undefined) {
    invocation.openBranches -= 1;
    endWorkflowInstance(instance, scope.platform.clock.now(), null);
    return;
  }
  try {
    const given = Object.fromEntries(Object.entries(call.inputs).map(([name, source]) => [name, readInputSource(source, scope)]));
    await sendFunctionCall(invocation, {
      book: scope.book,
      org: scope.org,
      definition,
      inputs: encodeInputs(scope.org, definition, given),
      workflow,
      workflowInstanceId: instance.id,
      principal: scope.principal,
      timeoutMs: scope.timeoutMs,
      onEnd: (ended) => void continueAfter(ended, invocation, { position, scope }),
    });
  } catch (thrown) {
    fail(invocation, thrown, { position, scope });
  }
}

async function continueAfter(ended: Call, invocation: Invocation, where: { position: Position; scope: WorkflowScope }): Promise<void> {
  const { position, scope } = where;
  if (ended.status !== 'Complete') {
    invocation.openBranches -= 1;
    endWorkflowInstance(position.instance, scope.platform.clock.now(), ended.information);
    return;
  }
  const skippedRuleId = invocation.ruleId;
  const place: WritePlace = { platform: scope.platform, org: scope.org, actor: { principal: systemPrincipal, skippedRuleId } };
  try {
    for (const write of position.workflow.calls[position.index]?.writes ?? []) {
      performPostWrite(write, ended.result ?? null, { place, incident: scope.incident });
    }
  } catch (thrown) {
    fail(invocation, thrown, where);
    return;
  }
  await runCall(invocation, { ...position, index: position.index + 1 }, scope);
}

function fail(invocation: Invocation, thrown: unknown, { position, scope }: { position: Position; scope: WorkflowScope }): void {
  invocation.openBranches -= 1;
  const { message } = toWirebookError(thrown, 'SIMULATOR_REQUEST_INVALID');
  endWorkflowInstance(position.instance, scope.platform.clock.now(), message);
  scope.book.fail(invocation, message);
}

export interface FunctionCallParts {
  readonly book: CallBook;
  readonly org: Organisation;
  readonly definition: FunctionDefinition;
  /** In the form of the wire, as `encodeInputs` gives them. */
  readonly inputs: Readonly<Record<string, JsonValue>>;
  readonly workflow: Workflow | null;
  readonly workflowInstanceId: number;
  readonly principal: Principal;
  readonly timeoutMs: number;
  readonly onEnd: (call: Call) => void;
}

/** Puts one function call on its destination. A workflow needs the result, so a reply is always expected. */
export function sendFunctionCall(invocation: Invocation, parts: FunctionCallParts): Promise<void> {
  const { book, org, definition, inputs, workflow, principal } = parts;
  return book.send(invocation, {
    type: 'Workflow - Function',
    name: workflow?.name ?? definition.displayName,
    functionName: definition.name,
    queue: org.destinations.get(definition.destinationId)?.programmaticName ?? '',
    body: toFunctionBody({ org, definition, inputs, workflow, workflowInstanceId: parts.workflowInstanceId, principal }),
    expectsReply: true,
    timeoutMs: parts.timeoutMs,
    onEnd: parts.onEnd,
  });
}
