import type { Clock, HttpService, PlatformClient, ScriptService } from '@wirebook/node-kit';
import type { LedgerWriter } from './ledger-writer.ts';

/** What all runs of an engine share. */
export interface RunServices {
  readonly platform: PlatformClient;
  readonly http: HttpService;
  readonly scripts: ScriptService;
  readonly clock: Clock;
  readonly ledger: LedgerWriter;
  readonly findPrintSwitch: FindPrintSwitch | undefined;
}

/** Whether a node prints into the trace; undefined: as its config says. Asked at each print, so that no deploy is needed. */
export type FindPrintSwitch = (flowId: string, nodeId: string) => boolean | undefined;
