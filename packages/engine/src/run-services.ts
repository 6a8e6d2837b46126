import type { JsonValue } from '@wirebook/errors';
import type { Clock, FolderService, HttpService, PlatformClient, ScriptService, WebResponse } from '@wirebook/node-kit';
import type { LedgerWriter } from './ledger-writer.ts';
import type { NodeWaits } from './node-waits.ts';
import type { RunFiles } from './ports/run-files.ts';

/** What all runs of an engine share. */
export interface RunServices {
  readonly platform: PlatformClient;
  readonly http: HttpService;
  readonly scripts: ScriptService;
  readonly clock: Clock;
  readonly ledger: LedgerWriter;
  readonly waits: NodeWaits;
  readonly files: RunFiles;
  readonly folders: FolderService;
  /** Answers the HTTP request that started a run; false: nobody waits for it. */
  readonly respond: (runId: string, response: WebResponse) => boolean;
  readonly findPrintSwitch: FindPrintSwitch | undefined;
  readonly onLine: ((line: StepLine) => void) | undefined;
}

/** What a step wrote or printed, the moment it did. */
export interface StepLine {
  readonly atMs: number;
  readonly runId: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly nodeId: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'print';
  /** Of a print; empty for a line of the log. */
  readonly label: string;
  /** Never changed later. The text of a line of the log. */
  readonly value: JsonValue;
}

/** Whether a node prints into the trace; undefined: as its config says. Asked at each print, so that no deploy is needed. */
export type FindPrintSwitch = (flowId: string, nodeId: string) => boolean | undefined;
