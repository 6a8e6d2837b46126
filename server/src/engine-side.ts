import type { FlowSummary } from '@wirebook/api';
import { WirebookError } from '@wirebook/errors';
import { checkFlowDocument, type FlowDocument, type FlowProblem, lintFlow, parseFlowValue } from '@wirebook/flow';
import type { Clock } from '@wirebook/node-kit';
import type { Simulator } from '@wirebook/simulator';
import type { AppStore } from '@wirebook/store';
import { checkExpressions } from './cli/check-expressions.ts';
import type { CommandIo } from './cli/command-io.ts';
import type { EngineProcess } from './engine-host/engine-process.ts';
import { nodeCatalogue } from './node-catalogue.ts';
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
  readonly createHandlers: WebServerOptions['createEngineSide'];
  close(): Promise<void>;
}

/** What the browser asks of the engine, its traces and the platform. */
export async function createEngineSide({ engine }: EngineSideOptions): Promise<EngineSide> {
  const checkFlow = async (document: FlowDocument) => [...lintFlow(document, nodeCatalogue), ...checkExpressions(document)];

  return {
    checkFlow,
    findLastRuns: async () => new Map(),
    createHandlers: ({ flows }) => ({
      getEngine: () => engine.view,
      switchDebug: ({ params, body }) => {
        const { [params.nodeId]: _, ...others } = engine.getDebugSwitches(flows.get(params.flowId).flowId);
        const debugSwitches = body.enabled === null ? others : { ...others, [params.nodeId]: body.enabled };
        engine.setDebugSwitches(params.flowId, debugSwitches);
        return { debugSwitches };
      },
      checkFlow: async ({ body }) => {
        const problems = checkFlowDocument(body.document);
        return { problems: problems.length > 0 ? problems : await checkFlow(parseFlowValue(body.document)) };
      },
      listRuns: refuse,
      getRun: refuse,
      getRunValue: refuse,
      getRecordedMessage: refuse,
      previewValue: refuse,
      listConnections: refuse,
      testConnection: refuse,
      getPlatform: refuse,
      refreshPlatform: refuse,
      listConsoleIncidents: refuse,
      getConsoleIncident: refuse,
      runConsoleAction: refuse,
      getActionStatus: refuse,
    }),
    close: async () => undefined,
  };
}

function refuse(): never {
  throw new WirebookError('SERVER_ROUTE_UNKNOWN', 'this server does not answer that');
}
