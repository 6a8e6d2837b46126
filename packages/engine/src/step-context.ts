import { type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type {
  CallAttempt,
  Clock,
  ExecuteContext,
  PlatformCalls,
  RunInfo,
  Services,
  StepFailure,
  StepLog,
  WaitService,
  WriteCheckContext,
} from '@wirebook/node-kit';
import { type Ancestry, toStepKey } from './ancestry.ts';
import type { CompiledNode } from './compiled-flow.ts';
import type { WaitingStep } from './node-waits.ts';
import type { RunReplies } from './run-replies.ts';
import type { Part } from './run-scopes.ts';
import type { RunServices, StepLine } from './run-services.ts';
import type { RunTrace } from './run-trace.ts';
import { createStepLog, toCallEvent } from './step-log.ts';
import type { Emission, StepMemory } from './step-memory.ts';

/** What all steps of a run share. */
export interface RunScope {
  readonly info: RunInfo;
  readonly trace: RunTrace;
  readonly services: RunServices;
  readonly runSignal: () => AbortSignal;
  readonly contextToken: string | undefined;
  readonly replies: RunReplies;
  readonly entryId: number;
  readonly memory: StepMemory;
  /** Waits of each step so far, by step id. */
  readonly waitCounts: Map<number, number>;
  /** Resolves when the ledger has the message of the run in the broker's place. */
  readonly takeOver: () => Promise<void>;
  /** Between true and false the step waits, and its time stands still. */
  readonly onWaiting: (context: StepContext, isWaiting: boolean) => void;
}

/** What a step begins with. */
export interface StepTask {
  readonly node: CompiledNode;
  readonly message: JsonValue;
  readonly ancestry: Ancestry | null;
  readonly failure: StepFailure | undefined;
  /** The part of a split that it belongs to; null outside of all. */
  readonly part: Part | null;
  /** The parts of a split have come together, and the message lists them. */
  readonly isJoined?: true;
}

/**
 * What one step is handed. Log, signal and services are made when a node first asks for them: most steps need none of them, and
 * making them all would cost more than the step. A class because its parts are made once for all steps and not for each.
 */
export class StepContext implements ExecuteContext<unknown, string> {
  config: unknown = undefined;
  readonly emissions: Emission[] = [];
  readonly #scope: RunScope;
  readonly #task: StepTask;
  readonly #stepId: number;
  #controller: AbortController | null = null;
  #leaveRun: (() => void) | null = null;
  #services: Services | null = null;
  #log: StepLog | null = null;
  #hasWritten = false;

  constructor(scope: RunScope, task: StepTask, stepId: number) {
    this.#scope = scope;
    this.#task = task;
    this.#stepId = stepId;
  }

  withConfig(config: JsonObject): this {
    this.config = config;
    return this;
  }

  /** A call that may write was answered well. */
  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  get message(): JsonValue {
    return this.#task.message;
  }

  get run(): RunInfo {
    return this.#scope.info;
  }

  get failure(): StepFailure | undefined {
    return this.#task.failure;
  }

  get clock(): Clock {
    return this.#scope.services.clock;
  }

  /** A property and not a method: nodes take it out of the context. */
  readonly emit = (port: string, message: JsonValue): void => {
    const { node } = this.#task;
    const { outputs, outputsFromConfig } = node.runtime.descriptor;
    if (outputsFromConfig === undefined && !Object.hasOwn(outputs, port)) {
      throw new WirebookError(
        'ENGINE_INVARIANT_BROKEN',
        `node "${node.name}" (${node.runtime.descriptor.type}) emitted on port "${port}"; it has: ${Object.keys(outputs).join(', ')}`,
      );
    }
    this.emissions.push({ port, message });
  };

  get log(): StepLog {
    this.#log ??= this.#createLog();
    return this.#log;
  }

  get signal(): AbortSignal {
    if (this.#controller === null) {
      const own = new AbortController();
      const runSignal = this.#scope.runSignal();
      this.#controller = own;
      if (runSignal.aborted) own.abort(runSignal.reason);
      else {
        const endWithRun = () => own.abort(runSignal.reason);
        runSignal.addEventListener('abort', endWithRun, { once: true });
        this.#leaveRun = () => runSignal.removeEventListener('abort', endWithRun);
      }
    }
    return this.#controller.signal;
  }

  /** The step, or this try of it, has ended: a run of many steps must not keep them all. */
  leaveRun(): void {
    this.#leaveRun?.();
    this.#leaveRun = null;
  }

  get services(): Services {
    this.#services ??= this.#createServices();
    return this.#services;
  }

  /** The same step as a check sees it: without ports and replies. */
  toWriteCheckContext(): WriteCheckContext<unknown> {
    const { config, message, run, clock, signal, log } = this;
    const { platform, http } = this.services;
    return { config, message, run, clock, signal, log, services: { platform, http } };
  }

  abort(reason: WirebookError): void {
    if (!this.signal.aborted) this.#controller?.abort(reason);
  }

  #createLog(): StepLog {
    const { info, trace, services } = this.#scope;
    const { node, message } = this.#task;
    const findPrintSwitch = () => services.findPrintSwitch?.(info.flowId, node.id);
    const { runId, flowId, flowName } = info;
    const hear = services.onLine;
    const onLine =
      hear === undefined
        ? undefined
        : (line: Pick<StepLine, 'level' | 'label' | 'value'>) =>
            hear({ atMs: services.clock.now(), runId, flowId, flowName, nodeId: node.id, ...line });
    const onCall = (attempt: CallAttempt) => this.#recordCall(attempt);
    return createStepLog({ trace, stepId: this.#stepId, message, trigger: info.trigger, findPrintSwitch, onLine, onCall });
  }

  #recordCall(attempt: CallAttempt): void {
    const { method, status } = attempt;
    if (!readingMethods.has(method.toUpperCase()) && status !== null && status < 400) this.#hasWritten = true;
    this.#scope.trace.add(toCallEvent(this.#stepId, attempt));
  }

  #createServices(): Services {
    const { services, replies, contextToken } = this.#scope;
    const { node, ancestry } = this.#task;
    const stepId = this.#stepId;
    const getSignal = () => this.signal;
    const { flowId, runId } = this.#scope.info;
    const caller = { flowId, nodeId: node.id };
    const toWaits = () => this.#createWaits({ flowId, nodeId: node.id, runId, stepKey: toStepKey(ancestry, node.id), getSignal });
    let waits: WaitService | null = null;
    const onAttempt = (attempt: CallAttempt) => this.#recordCall(attempt);
    let platform: PlatformCalls | null = null;
    return {
      get platform() {
        platform ??= services.platform.forRun({ contextToken, signal: getSignal(), onAttempt });
        return platform;
      },
      reply: replies.forStep({ stepId, node, ancestry }),
      http: { request: (request) => services.http.request({ ...request, caller }) },
      scripts: services.scripts,
      files: {
        save: (file) => services.files.save(runId, file),
        open: (handle) => services.files.open(runId, handle),
      },
      folders: services.folders,
      get waits() {
        waits ??= toWaits();
        return waits;
      },
    };
  }

  #createWaits(step: Pick<WaitingStep, 'flowId' | 'nodeId' | 'runId' | 'stepKey' | 'getSignal'>): WaitService {
    const { services, entryId, memory, waitCounts, takeOver, onWaiting } = this.#scope;
    const nextNumber = () => {
      const number = (waitCounts.get(this.#stepId) ?? 0) + 1;
      waitCounts.set(this.#stepId, number);
      return number;
    };
    return services.waits.forStep({ ...step, entryId, memory, nextNumber, takeOver, onWaiting: (isWaiting) => onWaiting(this, isWaiting) });
  }
}

const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
