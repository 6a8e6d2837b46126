import type { PlatformView, PreviewValueBody, ValuePreview } from '@wirebook/api';
import { createAncestorNames } from '@wirebook/engine';
import { isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { createFlowGraph, type FlowDocument, type FlowNode, parseFlowValue, parseWireEnd } from '@wirebook/flow';
import { type Clock, findValueSwitchKind, type Trigger } from '@wirebook/node-kit';
import { builtInNodes } from '../node-types.ts';
import type { RunTraces } from '../runs/run-traces.ts';
import type { RecordedStep } from '../runs/trace-queries.ts';
import type { VersionFinder } from '../runs/version-finder.ts';
import { createWorkerCalls } from '../workers/worker-calls.ts';
import type { EvaluatedValue, ValueToEvaluate } from './evaluate-value.ts';
import { makeSampleTrigger } from './sample-trigger.ts';

export interface ValuePreviewsOptions {
  readonly traces: Pick<RunTraces, 'findHead' | 'findNewestOf' | 'getRecorded'>;
  readonly versions: VersionFinder;
  /** Null while the platform was not read. */
  readonly findPlatform: () => PlatformView | null;
  readonly clock: Clock;
}

/** Shows what a value of a config gives, without resolving a secret and without a request. */
export interface ValuePreviews {
  /** @throws FLOW_*, SERVER_REQUEST_INVALID for a node that the document does not have. */
  preview(body: PreviewValueBody): Promise<ValuePreview>;
  close(): Promise<void>;
}

/** What expressions of a node see, and where it comes from. */
interface Scope extends Pick<ValueToEvaluate, 'message' | 'trigger' | 'steps'> {
  readonly source: NonNullable<ValuePreview['source']>;
}

/** An expression has half a second; what takes longer hangs. */
const timeoutMs = 3000;
const memoryMb = 128;
const script = new URL(import.meta.url.endsWith('.ts') ? '../../dist/checks/preview-worker.js' : './preview-worker.js', import.meta.url);

export function createValuePreviews(options: ValuePreviewsOptions): ValuePreviews {
  const { traces, versions, clock } = options;
  const worker = createWorkerCalls({ script, workerData: {}, timeoutMs, memoryMb, clock });

  async function findRecorded(flowId: string, nodeId: string, runId: string | undefined): Promise<RecordedStep | null> {
    const head = runId === undefined ? await traces.findNewestOf({ flowId, nodeId }) : await traces.findHead(runId);
    if (head === null) return null;
    return traces.getRecorded({ runId: head.runId, nodeId, targets: versions.findTargets(head.flowId, head.flowVersion) });
  }

  async function findScope(document: FlowDocument, node: FlowNode, runId: string | undefined): Promise<Scope | undefined> {
    const recorded = await findRecorded(document.id, node.id, runId);
    if (recorded !== null && recorded.input !== null && recorded.trigger !== null) {
      return toScope(document, recorded, { message: recorded.input.value, trigger: recorded.trigger, steps: recorded.steps });
    }
    if (runId !== undefined) return undefined;
    return (await findScopeBefore(document, node)) ?? makeSample(document, node, options.findPlatform(), clock.now());
  }

  /** A new node is given what the nodes before it gave. */
  async function findScopeBefore(document: FlowDocument, node: FlowNode): Promise<Scope | undefined> {
    for (const wire of document.wires) {
      const { nodeId: beforeId, port } = parseWireEnd(wire.from);
      if (parseWireEnd(wire.to).nodeId !== node.id) continue;
      const before = await findRecorded(document.id, beforeId, undefined);
      const output = before !== null && Object.hasOwn(before.outputs, port) ? before.outputs[port] : undefined;
      if (before === null || before.trigger === null || output === undefined) continue;
      const steps = { ...before.steps, [beforeId]: output.value };
      return toScope(document, before, { message: output.value, trigger: before.trigger, steps });
    }
    return undefined;
  }

  return {
    preview: async ({ document: given, nodeId, value, runId }) => {
      const json = value as JsonValue;
      if (readsSecret(json)) return { kind: 'hidden' };
      const document = parseFlowValue(given);
      const node = document.nodes.find(({ id }) => id === nodeId);
      if (node === undefined) throw new WirebookError('SERVER_REQUEST_INVALID', `the document has no node "${nodeId}"`);
      const scope = await findScope(document, node, runId);
      if (scope === undefined) return { kind: 'no-message' };
      const { source, ...seen } = scope;
      const ancestors = createAncestorNames(document, findDescriptor)(node.id);
      const call: ValueToEvaluate = { ...seen, value: json, nodeName: node.name, ancestors: [...ancestors] };
      return { ...(await evaluate(call)), source };
    },
    close: () => worker.close(),
  };

  async function evaluate(call: ValueToEvaluate): Promise<EvaluatedValue> {
    try {
      return (await worker.call('evaluateValue', call)) as EvaluatedValue;
    } catch (thrown) {
      if (!(thrown instanceof WirebookError) || thrown.code === 'ENGINE_STOPPED') throw thrown;
      const message = `the value takes more time or memory than a preview has: ${thrown.message}`;
      return { kind: 'error', error: { code: 'FLOW_EXPRESSION_FAILED', message } };
    }
  }
}

function toScope(
  document: FlowDocument,
  { head, atMs }: RecordedStep,
  seen: { message: JsonValue; trigger: Trigger; steps: Readonly<Record<string, JsonValue>> },
): Scope {
  return {
    message: seen.message,
    trigger: seen.trigger,
    steps: nameSteps(document, seen.steps),
    source: { runId: head.runId, atMs, isSample: false },
  };
}

/** For a node behind a source that was never started: what the platform might send there, handed on unchanged. */
function makeSample(document: FlowDocument, node: FlowNode, platform: PlatformView | null, atMs: number): Scope | undefined {
  const before = createFlowGraph(document).ancestorsOf(node.id);
  for (const candidate of document.nodes) {
    if (candidate.id !== node.id && !before.has(candidate.id)) continue;
    const trigger = makeSampleTrigger(candidate, platform);
    if (trigger === undefined) continue;
    const message = trigger.kind === 'function' ? trigger.inputs : trigger.body;
    return { message, trigger, steps: { [candidate.name]: message }, source: { runId: '', atMs, isSample: true } };
  }
  return undefined;
}

function nameSteps(document: FlowDocument, byId: Readonly<Record<string, JsonValue>>): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(document.nodes.flatMap(({ id, name }) => (Object.hasOwn(byId, id) ? [[name, byId[id] ?? null] as const] : [])));
}

function findDescriptor(type: string) {
  return builtInNodes.find(({ descriptor }) => descriptor.type === type)?.descriptor;
}

function readsSecret(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some((item: JsonValue) => readsSecret(item));
  if (!isJsonObject(value)) return false;
  const kind = findValueSwitchKind(value);
  return kind === '$secret' || kind === '$env' || Object.values(value).some(readsSecret);
}
