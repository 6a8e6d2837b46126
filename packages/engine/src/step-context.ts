import { type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { CallAttempt, ExecuteContext, PlatformCalls, RunInfo, Services, StepFailure, StepLog } from '@wirebook/node-kit';
import type { Ancestry } from './ancestry.ts';
import type { CompiledNode } from './compiled-flow.ts';
import type { RunReplies } from './run-replies.ts';
import type { RunServices } from './run-services.ts';
import { type RunTrace, toCallEvent, toTraced } from './run-trace.ts';
import type { Emission } from './step-memory.ts';

export interface StepContextOptions {
  readonly node: CompiledNode;
  readonly message: JsonValue;
  readonly ancestry: Ancestry | null;
  readonly failure: StepFailure | undefined;
  readonly stepId: number;
  readonly info: RunInfo;
  readonly trace: RunTrace;
  readonly services: RunServices;
  readonly runSignal: () => AbortSignal;
  readonly contextToken: string | undefined;
  readonly replies: RunReplies;
}

/**
 * What one step is handed. Signal and services are made when a node first asks for them: most steps need none, and an
 * AbortController a step would cost more than the step.
 */
export interface StepContext {
  readonly emissions: readonly Emission[];
  emit(port: string, message: JsonValue): void;
  withConfig(config: JsonObject): ExecuteContext<unknown, string>;
  abort(reason: WirebookError): void;
}

export function createStepContext(options: StepContextOptions): StepContext {
  const { node, stepId, trace, info } = options;
  const emissions: Emission[] = [];
  let controller: AbortController | null = null;
  let services: Services | null = null;

  function getSignal(): AbortSignal {
    if (controller === null) {
      const own = new AbortController();
      controller = own;
      const runSignal = options.runSignal();
      if (runSignal.aborted) own.abort(runSignal.reason);
      else runSignal.addEventListener('abort', () => own.abort(runSignal.reason), { once: true });
    }
    return controller.signal;
  }

  function emit(port: string, message: JsonValue): void {
    const { outputs, outputsFromConfig } = node.runtime.descriptor;
    if (outputsFromConfig === undefined && !Object.hasOwn(outputs, port)) {
      throw new WirebookError(
        'ENGINE_INVARIANT_BROKEN',
        `node "${node.name}" (${node.runtime.descriptor.type}) emitted on port "${port}"; it has: ${Object.keys(outputs).join(', ')}`,
      );
    }
    emissions.push({ port, message });
  }

  const onAttempt = (attempt: CallAttempt) => trace.add(toCallEvent(stepId, attempt));
  const log: StepLog = {
    debug: (text) => trace.add({ type: 'step.logged', stepId, level: 'debug', text }),
    info: (text) => trace.add({ type: 'step.logged', stepId, level: 'info', text }),
    warn: (text) => trace.add({ type: 'step.logged', stepId, level: 'warn', text }),
    error: (text) => trace.add({ type: 'step.logged', stepId, level: 'error', text }),
    print: (label, value) =>
      trace.add({
        type: 'debug.printed',
        stepId,
        label,
        output: toTraced(value, { input: options.message, inputs: info.trigger.inputs, body: info.trigger.body }),
      }),
    attempt: onAttempt,
  };

  function createServices(): Services {
    let platform: PlatformCalls | null = null;
    return {
      get platform() {
        platform ??= options.services.platform.forRun({ contextToken: options.contextToken, signal: getSignal(), onAttempt });
        return platform;
      },
      reply: options.replies.forStep({ stepId, node, ancestry: options.ancestry }),
      http: options.services.http,
      scripts: options.services.scripts,
    };
  }

  return {
    emissions,
    emit,
    withConfig: (config) => ({
      config,
      message: options.message,
      run: info,
      failure: options.failure,
      emit,
      get services() {
        services ??= createServices();
        return services;
      },
      clock: options.services.clock,
      get signal() {
        return getSignal();
      },
      log,
    }),
    abort: (reason) => {
      getSignal();
      controller?.abort(reason);
    },
  };
}
