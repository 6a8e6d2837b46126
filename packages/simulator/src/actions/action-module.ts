import { WirebookError } from '@wirebook/errors';
import type { BrokerConsumer, BrokerPort } from '../broker/broker-port.ts';
import { demoOrgId } from '../credentials.ts';
import type { Ids } from '../ids.ts';
import type { JsonObject } from '../json-value.ts';
import { decodeFieldValue } from '../platform/field-value.ts';
import { activityTypeName, incidentTypeName } from '../platform/object-type.ts';
import { findFunctionByName, findTypeByHandle, findTypeById, getType, type Incident, type Organisation } from '../platform/organisation.ts';
import type { ObjectChange, Platform } from '../platform/platform.ts';
import { type Principal, principalId, systemPrincipal, toPersonDto } from '../platform/principal.ts';
import { refusal } from '../platform/rest-refusal.ts';
import type { Rule } from '../platform/rule.ts';
import { type ActionObject, findActionObject } from './action-object.ts';
import { type CallBook, createCallBook } from './call-book.ts';
import { type FireRequest, type ParsedFireFunction, type ParsedFireRule, parseFireRequest } from './fire-request.ts';
import { encodeInputs } from './input-value.ts';
import type { Invocation } from './invocation.ts';
import { toActionBody } from './message-body.ts';
import { ruleApplies } from './rule-conditions.ts';
import { sendFunctionCall, startWorkflow } from './workflow-run.ts';

/** Rules, workflows, messages and their replies. */
export interface ActionModule {
  readonly book: CallBook;
  /**
   * Fires a function or a rule as a person would.
   *
   * @returns the invocation, once its first messages are with the broker.
   * @throws WirebookError SIMULATOR_REQUEST_INVALID for a name that does not exist, SIMULATOR_REST_REFUSED for values that do not fit.
   */
  fire(request: FireRequest): Promise<Invocation>;
  /** Fires the automatic rules that a saved change calls for; returns at once. */
  takeChange(change: ObjectChange): void;
  /** Consumes the replies of a destination; resolves when the broker confirmed it. */
  consumeReplies(orgId: number, queue: string): Promise<void>;
  close(): Promise<void>;
}

export interface ActionModuleOptions {
  readonly platform: Platform;
  readonly broker: BrokerPort;
  /** Source of the context tokens, which are never given twice. */
  readonly tokens: Ids;
  readonly firstInvocationId: number;
  /** Invocations that are kept; 200,000 unless given. */
  readonly rememberedInvocations?: number | undefined;
  /** Takes the place of each rule's own time limit when it is given. */
  readonly expectAckTimeoutMs: number | undefined;
  /** Called after each change of an invocation or of its calls. */
  readonly onInvocation?: ((invocation: Invocation) => void) | undefined;
}

const dayMs = 86_400_000;

export function createActionModule(options: ActionModuleOptions): ActionModule {
  const { platform, broker, tokens, firstInvocationId, expectAckTimeoutMs } = options;
  const book = createCallBook({
    broker,
    clock: platform.clock,
    ids: tokens,
    firstId: firstInvocationId,
    remembered: options.rememberedInvocations,
    onChange: options.onInvocation,
  });
  const consumers = new Map<string, Promise<BrokerConsumer>>();

  async function consumeReplies(orgId: number, queue: string): Promise<void> {
    const destination = `acks.${orgId}.${queue}`;
    const known = consumers.get(destination);
    const consumer = known ?? broker.consume(destination, (message) => book.takeReply(message));
    if (known === undefined) consumers.set(destination, consumer);
    await consumer;
  }

  async function fireFunction(request: ParsedFireFunction): Promise<Invocation> {
    const org = getRequestedOrg(platform, request.org);
    const definition = findFunctionByName(org, request.function);
    if (definition === undefined) throw unknownName('function', request.function, [...org.functions.values()]);
    const inputs = encodeInputs(org, definition, request.inputs ?? {});
    const principal = firstUserOf(org);
    const start = {
      orgId: org.id,
      kind: 'function',
      name: definition.name,
      user: userNameOf(principal),
      ruleId: null,
      incidentId: null,
    } as const;
    const invocation = book.startInvocation(start);
    invocation.openBranches += 1;
    await sendFunctionCall(invocation, {
      book,
      org,
      definition,
      inputs,
      workflow: null,
      workflowInstanceId: platform.counters.nextObjectId('workflowInstance'),
      principal,
      timeoutMs: expectAckTimeoutMs ?? dayMs,
      onEnd: () => {
        invocation.openBranches -= 1;
      },
    });
    return invocation;
  }

  async function fireRule(request: ParsedFireRule): Promise<Invocation> {
    const org = getRequestedOrg(platform, request.org);
    const rule = [...org.rules.values()].find((candidate) => candidate.name === request.rule);
    if (rule === undefined) throw unknownName('rule', request.rule, [...org.rules.values()]);
    const incident = org.incidents.get(request.incident);
    if (incident === undefined) throw invalid(`organisation ${org.id} has no incident ${request.incident}`);
    const object = getFiredObject(org, rule, { incident, reference: request.object });
    const properties = rule.kind === 'menu' ? decodeActivityFields(org, rule, request.properties ?? {}) : null;
    const user = [...org.users.values()].find((candidate) => candidate.email === request.user);
    if (request.user !== undefined && user === undefined) throw invalid(`organisation ${org.id} has no user ${request.user}`);
    const scope = { org, incident, typeName: object.type.name, after: object.kept, before: object.kept, nowMs: platform.clock.now() };
    if (rule.kind === 'menu' && !ruleApplies(rule, scope)) {
      throw invalid(`the conditions of rule "${rule.name}" do not hold for ${object.type.name} ${object.id}`);
    }
    return startRule(rule, {
      org,
      incident,
      object,
      properties,
      principal: user === undefined ? firstUserOf(org) : { kind: 'user', user },
    });
  }

  async function startRule(rule: Rule, run: RuleRun): Promise<Invocation> {
    const { org, incident, principal } = run;
    const user = userNameOf(principal);
    const invocation = book.startInvocation({
      orgId: org.id,
      kind: 'rule',
      name: rule.name,
      user,
      ruleId: rule.id,
      incidentId: incident.id,
    });
    const timeoutMs = expectAckTimeoutMs ?? rule.timeoutSeconds * 1000;
    const sent: Promise<void>[] = [];
    for (const id of rule.destinationIds) {
      const destination = org.destinations.get(id);
      if (destination === undefined) continue;
      invocation.openBranches += 1;
      sent.push(
        book.send(invocation, {
          type: 'Rule',
          name: rule.name,
          functionName: null,
          queue: destination.programmaticName,
          body: toActionBody({ rule, ...run }),
          expectsReply: destination.expectAck,
          timeoutMs,
          onEnd: () => {
            invocation.openBranches -= 1;
          },
        }),
      );
    }
    for (const id of rule.workflowIds) {
      const workflow = org.workflows.get(id);
      if (workflow !== undefined) sent.push(startWorkflow(invocation, workflow, { platform, book, timeoutMs, ...run }));
    }
    await Promise.all(sent);
    return invocation;
  }

  function takeChange({ org, incident, typeName, objectId, before, after, actor }: ObjectChange): void {
    const type = getType(org, typeName);
    const scope = { org, incident, typeName, before, after, nowMs: platform.clock.now() };
    for (const rule of org.rules.values()) {
      const isMeant = rule.kind === 'automatic' && rule.enabled && rule.objectTypeId === type.id && rule.id !== actor.skippedRuleId;
      if (!isMeant || !ruleApplies(rule, scope)) continue;
      const object = findActionObject(org, incident, { type, id: objectId });
      // A failure to publish is written into the invocation, so there is nothing left to await.
      if (object !== undefined) void startRule(rule, { org, incident, object, properties: null, principal: actor.principal });
    }
  }

  return {
    book,
    async fire(request) {
      const parsed = parseFireRequest(request);
      return 'function' in parsed ? fireFunction(parsed) : fireRule(parsed);
    },
    takeChange,
    consumeReplies,
    async close() {
      book.close();
      const settled = await Promise.allSettled(consumers.values());
      consumers.clear();
      await Promise.all(settled.flatMap((entry) => (entry.status === 'fulfilled' ? [entry.value.close()] : [])));
    },
  };
}

interface RuleRun {
  readonly org: Organisation;
  readonly incident: Incident;
  readonly object: ActionObject;
  readonly properties: JsonObject | null;
  readonly principal: Principal;
}

function getRequestedOrg(platform: Platform, id: number = demoOrgId): Organisation {
  const org = platform.organisations.get(id);
  if (org === undefined) throw invalid(`there is no organisation ${id}; there are: ${[...platform.organisations.keys()].join(', ')}`);
  return org;
}

function firstUserOf(org: Organisation): Principal {
  const [user] = org.users.values();
  return user === undefined ? systemPrincipal : { kind: 'user', user };
}

function userNameOf(principal: Principal): string {
  const { fname, lname } = toPersonDto(principal);
  return principalId(principal) === 0 ? 'System User' : `${fname} ${lname}`.trim();
}

function getFiredObject(
  org: Organisation,
  rule: Rule,
  { incident, reference }: { incident: Incident; reference: ParsedFireRule['object'] },
): ActionObject {
  const ruleType = findTypeById(org, rule.objectTypeId);
  const type = reference === undefined ? org.types.get(incidentTypeName) : findTypeByHandle(org, reference.type);
  if (ruleType === undefined || type?.id !== ruleType.id) {
    throw invalid(`rule "${rule.name}" runs on ${ruleType?.name}; the object given is of type ${reference?.type ?? incidentTypeName}`);
  }
  const id = reference?.id ?? incident.id;
  const object = findActionObject(org, incident, { type, id });
  if (object === undefined) throw invalid(`incident ${incident.id} has no ${type.name} ${id}`);
  return object;
}

/** What the user filled in, as ids; every field of the form is there. */
function decodeActivityFields(org: Organisation, rule: Rule, given: JsonObject): JsonObject {
  const fields = [...getType(org, activityTypeName).fields.values()];
  const shown = rule.viewItems.flatMap((item) => fields.filter((field) => field.uuid === item.content));
  const unknown = Object.keys(given).find((name) => !shown.some((field) => field.name === name));
  if (unknown !== undefined) throw invalid(`rule "${rule.name}" has no activity field ${unknown}`);
  const properties: JsonObject = {};
  for (const field of shown) {
    const value = decodeFieldValue(field, Object.hasOwn(given, field.name) ? given[field.name] : null, org.optionsOf);
    if (value === null && field.required === 'always') throw refusal(400, `Field ${field.name} is required.`, 'field_defs');
    properties[field.name] = value;
  }
  return properties;
}

function unknownName(kind: string, name: string, known: readonly { readonly name: string }[]): WirebookError {
  return invalid(`there is no ${kind} "${name}"; there are: ${known.map((entry) => entry.name).join(', ') || 'none'}`);
}

function invalid(message: string): WirebookError {
  return new WirebookError('SIMULATOR_REQUEST_INVALID', message);
}
