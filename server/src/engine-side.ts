import { join } from 'node:path';
import type { FlowSummary, HealthView } from '@wirebook/api';
import { createSystemRandom } from '@wirebook/engine';
import { type JsonObject, WirebookError } from '@wirebook/errors';
import type { FlowDocument, FlowProblem } from '@wirebook/flow';
import type { Clock } from '@wirebook/node-kit';
import { findSecret } from '@wirebook/package-kit';
import type { Simulator } from '@wirebook/simulator';
import type { AppStore } from '@wirebook/store';
import { createFlowCheck } from './checks/check-flow.ts';
import { createCheckHandlers } from './checks/check-handlers.ts';
import { createValuePreviews } from './checks/value-preview.ts';
import type { CommandIo } from './cli/command-io.ts';
import { createConsoleSide } from './console/console-side.ts';
import { createDeadLetterHandlers } from './dead-letters/dead-letter-handlers.ts';
import type { EngineProcess } from './engine-host/engine-process.ts';
import { createPlatformSide } from './platform/platform-side.ts';
import { createPoisonSide } from './poison/poison-side.ts';
import { readConfigAt } from './read-config-at.ts';
import { createRunHandlers } from './runs/run-handlers.ts';
import { openRunTraces } from './runs/run-traces.ts';
import { createVersionFinder } from './runs/version-finder.ts';
import type { WebServerOptions } from './web-server.ts';

export interface EngineSideOptions {
  readonly engine: EngineProcess;
  readonly configFile: string;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly io: CommandIo;
  readonly store: AppStore;
  readonly simulator: Simulator | null;
}

export interface EngineSide {
  readonly checkFlow: (document: FlowDocument) => Promise<readonly FlowProblem[]>;
  readonly findLastRuns: (flowIds: readonly string[]) => Promise<ReadonlyMap<string, NonNullable<FlowSummary['lastRun']>>>;
  readonly findDestination: WebServerOptions['findDestination'];
  readonly findMetricsToken: WebServerOptions['findMetricsToken'];
  readonly createHandlers: WebServerOptions['createEngineSide'];
  close(): Promise<void>;
}

/** What the browser asks of the engine, its traces and the platform. */
export async function createEngineSide({
  engine,
  configFile,
  dataDir,
  clock,
  io,
  store,
  simulator,
}: EngineSideOptions): Promise<EngineSide> {
  const readConfig = () => readConfigAt(configFile, io.environment);
  const platform = createPlatformSide({
    engine,
    readConfig,
    store,
    simulator,
    clock,
    random: createSystemRandom(),
    log: { warn: (text) => io.complain(`server: ${text}`), error: (text) => io.complain(`server: ${text}`) },
  });
  const traces = openRunTraces({ path: join(dataDir, 'engine', 'trace.db'), clock });
  const versions = createVersionFinder(store);
  const previews = createValuePreviews({ traces, versions, findPlatform: () => platform.findView(), clock });
  const poison = createPoisonSide({ engine, path: join(dataDir, 'engine', 'ledger.db'), audit: store.audit });
  const checkFlow = createFlowCheck({
    findNames: () => platform.findNames(),
    openSecrets: async () => {
      const config = await readConfig();
      return (name) => findSecret(config, name);
    },
  });
  const analystConsole = createConsoleSide({ simulator, clock });

  return {
    checkFlow,
    findLastRuns: async (flowIds) => {
      const runs = await traces.findLastRuns(flowIds);
      return new Map(runs.map(({ head, outcome }) => [head.flowId, { runId: head.runId, outcome, startedAtMs: head.startedAtMs }]));
    },
    findDestination: (functionName) => platform.findView()?.functions.find(({ name }) => name === functionName)?.destination,
    findMetricsToken: async () => {
      try {
        return (await readConfig()).wirebook.metricsToken?.reveal() ?? null;
      } catch (thrown) {
        // An app.config that cannot be read stands in the log of the engine; it opens nothing.
        if (thrown instanceof WirebookError) return null;
        throw thrown;
      }
    },
    createHandlers: ({ flows, live }) => ({
      getEngine: () => engine.view,
      getHealth: () => withDepths(engine.health, simulator),
      switchDebug: ({ params, body }) => {
        const { [params.nodeId]: _, ...others } = engine.getDebugSwitches(flows.get(params.flowId).flowId);
        const debugSwitches = body.enabled === null ? others : { ...others, [params.nodeId]: body.enabled };
        engine.setDebugSwitches(params.flowId, debugSwitches);
        return { debugSwitches };
      },
      injectMessage: async ({ params: { flowId, nodeId }, body, user }) => {
        // The route takes JSON only.
        const message = body.message as JsonObject;
        const runId = await engine.inject({ flowId: flows.get(flowId).flowId, nodeId, message });
        store.audit.add({ userName: user.name, action: 'inject', subject: `${flowId}/${nodeId}, run ${runId}` });
        return { runId };
      },
      ...createCheckHandlers({ checkFlow, previews }),
      ...createRunHandlers({ traces, versions }),
      stopRun: async ({ params: { runId }, user }) => {
        await engine.stopRun({ runId, by: user.name });
        store.audit.add({ userName: user.name, action: 'run-stop', subject: runId });
        return undefined;
      },
      ...poison.handlers,
      ...createDeadLetterHandlers({ engine, audit: store.audit }),
      ...platform.createHandlers(live),
      ...analystConsole.createHandlers(live),
    }),
    close: async () => {
      await Promise.all([traces.close(), previews.close()]);
      platform.close();
      poison.close();
      analystConsole.close();
    },
  };
}

/** STOMP on a stock ActiveMQ tells no depth; the embedded broker of the simulator does. */
function withDepths(health: HealthView, simulator: Simulator | null): HealthView {
  const states = simulator?.broker?.queueStates() ?? [];
  const depths = new Map(states.map(({ queue, depth }) => [queue.replace(/^actions\.\d+\./, ''), depth]));
  return { ...health, destinations: health.destinations.map((one) => ({ ...one, depth: depths.get(one.name) ?? null })) };
}
