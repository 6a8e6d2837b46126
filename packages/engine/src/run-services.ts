import type { Clock, HttpService, PlatformClient, ScriptService } from '@wirebook/node-kit';
import type { LedgerWriter } from './ledger-writer.ts';

/** What all runs of an engine share. */
export interface RunServices {
  readonly platform: PlatformClient;
  readonly http: HttpService;
  readonly scripts: ScriptService;
  readonly clock: Clock;
  readonly ledger: LedgerWriter;
}
