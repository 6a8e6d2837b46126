import { isJsonObject, type JsonObject, WirebookError } from '@wirebook/errors';
import {
  compareCatchFilters,
  type FlowDocument,
  type FlowNode,
  findSplitScopes,
  flowVersionHash,
  readCatchFilter,
  takesRetry,
} from '@wirebook/flow';
import type { Clock, NodeRuntime, PlatformCatalogue } from '@wirebook/node-kit';
import { createAncestorNames } from './ancestor-names.ts';
import type { CompiledCatch, CompiledFinally, CompiledFlow, CompiledNode, CompiledSource, CompiledSplit, Route } from './compiled-flow.ts';
import { compileConfig } from './expressions/compile-config.ts';
import type { NodeRegistry } from './node-registry.ts';
import { isOwnKind } from './own-trigger.ts';
import { compileSchedule } from './schedule-plan.ts';
import { compileSourcePlan } from './source-plan.ts';
import { stepMemoryKind } from './step-memory.ts';
import { createRetryPlan, type RetryPlan } from './step-retry.ts';

export interface CompileFlowOptions {
  readonly registry: NodeRegistry;
  readonly catalogue: PlatformCatalogue;
  /** The only connection that sources may name, and the one of those that name none. */
  readonly connection: string;
  readonly secrets: (name: string) => string | undefined;
  readonly env: (name: string) => string | undefined;
  readonly clock: Clock;
  /** 0 to below 1. */
  readonly random: () => number;
}

/**
 * Makes a flow ready to run: finds the node types, compiles every expression, looks up the destinations of its sources.
 *
 * @throws FLOW_NODE_TYPE_UNKNOWN, FLOW_WIRE_DANGLING, FLOW_SOURCE_MISSING, FLOW_EXPRESSION_*, FLOW_NODE_CONFIG_INVALID, FLOW_RETRY_REFUSED, SOAR_FUNCTION_UNKNOWN,
 *   SOAR_CONNECTION_UNKNOWN
 */
export async function compileFlow(document: FlowDocument, options: CompileFlowOptions): Promise<CompiledFlow> {
  const listAncestorNames = createAncestorNames(document, (type) => options.registry.find(type)?.descriptor);
  const nodes = new Map<string, CompiledNode & { split: CompiledSplit | undefined }>();
  const targetsOf = new Map<string, Map<string, CompiledNode[]>>();
  for (const node of document.nodes) {
    const runtime = findRuntime(node, options.registry);
    const targets = new Map<string, CompiledNode[]>();
    targetsOf.set(node.id, targets);
    const ancestors = listAncestorNames(node.id);
    const written = toConfigObject(node);
    const config = compileConfig({
      ...options,
      config: written,
      schema: runtime.descriptor.config,
      nodeName: node.name,
      ancestors,
    });
    assertRoomToGather(node, runtime, document.settings.concurrency);
    const memoryKind = stepMemoryKind(runtime.descriptor, written);
    nodes.set(node.id, {
      id: node.id,
      name: node.name,
      runtime,
      config,
      memoryKind,
      split: undefined,
      join: compileJoin(node, runtime),
      timeoutMs: node.timeoutMs ?? document.settings.stepTimeoutMs,
      retry: compileRetry(node, runtime, options.random),
      disabled: node.disabled,
      targets,
    });
  }
  for (const { from, to } of document.wires) {
    const [fromId = '', port = ''] = from.split('.');
    const target = nodes.get(to.split('.')[0] ?? '');
    const targets = targetsOf.get(fromId);
    if (target === undefined || targets === undefined)
      throw new WirebookError('FLOW_WIRE_DANGLING', `wire ${from} -> ${to}: one of its nodes does not exist`);
    const atPort = targets.get(port);
    if (atPort === undefined) targets.set(port, [target]);
    else atPort.push(target);
  }
  const pairs = findSplitScopes(document, { find: (type) => options.registry.find(type)?.descriptor });
  for (const { splitId, port, joinIds } of pairs) {
    const node = nodes.get(splitId);
    const written = document.nodes.find(({ id }) => id === splitId);
    if (node === undefined || written === undefined) continue;
    node.split = {
      port,
      join: nodes.get(joinIds[0] ?? '') ?? null,
      parallel: readParallel(written, node.runtime),
      isolated: node.runtime.descriptor.opensScope?.isolated === true,
    };
  }
  const sources: CompiledSource[] = [];
  for (const node of nodes.values()) {
    if (node.runtime.descriptor.source === undefined || node.disabled) continue;
    const route = await findRoute(node, document.id, options);
    const plan = compileSourcePlan({ ...options, config: node.config.fixed ?? {}, nodeName: node.name, settings: document.settings });
    const isScheduled = node.runtime.descriptor.source.kind === 'schedule';
    const schedule = isScheduled ? compileSchedule(node.config.fixed ?? {}, node.name) : null;
    sources.push({ node, route, plan, schedule });
  }
  if (sources.length === 0) throw new WirebookError('FLOW_SOURCE_MISSING', `flow "${document.name}" has no source node that is enabled`);
  return {
    id: document.id,
    name: document.name,
    version: flowVersionHash(document),
    settings: document.settings,
    nodes,
    sources,
    catches: listCatches(nodes),
    finallies: listFinallies(nodes),
  };
}

function findRuntime(node: FlowNode, registry: NodeRegistry): NodeRuntime {
  const runtime = registry.find(node.type);
  if (runtime === undefined) {
    throw new WirebookError('FLOW_NODE_TYPE_UNKNOWN', `node "${node.name}" (${node.id}): node type "${node.type}" is not installed`);
  }
  if (node.typeVersion > runtime.descriptor.version) {
    const { version } = runtime.descriptor;
    throw new WirebookError(
      'FLOW_NODE_TYPE_UNKNOWN',
      `node "${node.name}" (${node.id}): version ${node.typeVersion} of "${node.type}" is newer than the installed ${version}`,
    );
  }
  return runtime;
}

function toConfigObject(node: FlowNode): JsonObject {
  const config: unknown = node.config;
  if (!isJsonObject(config))
    throw new WirebookError('FLOW_NODE_CONFIG_INVALID', `node "${node.name}" (${node.id}): config must be an object`);
  return config;
}

async function findRoute(node: CompiledNode, flowId: string, { catalogue, connection }: CompileFlowOptions): Promise<Route> {
  const config = node.config.fixed;
  if (config === undefined) throw new WirebookError('FLOW_NODE_CONFIG_INVALID', `node "${node.name}": a source takes no expressions`);
  if (typeof config.connection === 'string' && config.connection !== '' && config.connection !== connection) {
    throw new WirebookError(
      'SOAR_CONNECTION_UNKNOWN',
      `node "${node.name}", field "connection": app.config has no connection "${config.connection}"; there is "${connection}"`,
    );
  }
  const kind = node.runtime.descriptor.source?.kind ?? 'destination';
  if (isOwnKind(kind)) return { kind: 'own', source: { kind, flowId, nodeId: node.id } };
  if (kind === 'inbound') return { kind, destination: String(config.destination) };
  if (kind === 'connector') return { kind, queue: typeof config.queue === 'string' && config.queue !== '' ? config.queue : null };
  if (kind === 'function') {
    const functionName = String(config.function);
    const known = await catalogue.findFunction(functionName);
    if (known === undefined)
      throw new WirebookError('SOAR_FUNCTION_UNKNOWN', `node "${node.name}": the platform has no function "${functionName}"`);
    return { kind: 'function', destination: known.destination, functionName };
  }
  const rules = Array.isArray(config.rules) ? config.rules.map(String) : [];
  return { kind: 'action', destination: String(config.destination), ruleNames: rules };
}

/** A field that takes no expression, so it is written there or has its default. */
function readParallel({ name, config: written }: FlowNode, { descriptor }: NodeRuntime): number {
  const field = descriptor.opensScope?.parallelField;
  if (field === undefined) return 1;
  const value = written[field] ?? descriptor.config.properties[field]?.default;
  if (typeof value === 'number' && value >= 1) return value;
  throw new WirebookError('ENGINE_INVARIANT_BROKEN', `node "${name}": node type "${descriptor.type}" gives no number of parts at a time`);
}

/** What waits keeps its place, so a list longer than a flow has places would never be full. */
function assertRoomToGather({ name, config: written, disabled }: FlowNode, { descriptor }: NodeRuntime, concurrency: number): void {
  const field = descriptor.gathers?.countField;
  if (field === undefined || disabled) return;
  const count = written[field] ?? descriptor.config.properties[field]?.default;
  if (typeof count !== 'number' || count <= concurrency) return;
  throw new WirebookError(
    'FLOW_NODE_CONFIG_INVALID',
    `node "${name}", field "${field}": ${count} messages cannot wait in a flow that runs ${concurrency} at a time; raise its Concurrency, or gather fewer`,
  );
}

function compileJoin({ config, disabled }: FlowNode, { descriptor }: NodeRuntime): CompiledNode['join'] {
  if (descriptor.joins === undefined || disabled) return undefined;
  return { collectsFailures: config[descriptor.joins.failuresField] === 'collect' };
}

function listCatches(nodes: ReadonlyMap<string, CompiledNode>): readonly CompiledCatch[] {
  const catches: CompiledCatch[] = [];
  for (const node of nodes.values()) {
    if (node.runtime.descriptor.catches !== true || node.disabled) continue;
    catches.push({ node, filter: readCatchFilter(node.config.fixed ?? {}) });
  }
  return catches.sort((a, b) => compareCatchFilters(a.filter, b.filter));
}

function listFinallies(nodes: ReadonlyMap<string, CompiledNode>): readonly CompiledFinally[] {
  return [...nodes.values()]
    .filter(({ runtime, disabled }) => runtime.descriptor.runsAtEnd === true && !disabled)
    .map((node) => ({ node, timeoutMs: readTimeLimit(node) }));
}

function readTimeLimit({ name, runtime, config }: CompiledNode): number {
  const timeoutMs = config.fixed?.timeoutMs;
  if (typeof timeoutMs === 'number') return timeoutMs;
  throw new WirebookError('ENGINE_INVARIANT_BROKEN', `node "${name}": node type "${runtime.descriptor.type}" gives no time limit`);
}

function compileRetry({ id, name, retry }: FlowNode, { descriptor }: NodeRuntime, random: () => number): RetryPlan | undefined {
  if (retry === undefined) return undefined;
  if (takesRetry(descriptor)) return createRetryPlan(retry, random);
  throw new WirebookError('FLOW_RETRY_REFUSED', `node "${name}" (${id}): a source or a node that replies is not tried again`);
}
