import type { JsonValue } from '@wirebook/errors';
import type { FileHandle, NewFile, OpenFile } from '@wirebook/node-kit';

/** As stores write and read them. */
export type RunFile = NewFile;
export type RunFileHandle = FileHandle;

/** Contents of files of runs, on the disk beside the ledger. What was saved is there after a kill until its run is over. */
export interface RunFiles {
  /** @throws FILE_TOO_LARGE, FILE_SPACE_FULL, STORE_FAILED, what the content throws; nothing is kept then. */
  save(runId: string, file: RunFile): Promise<RunFileHandle>;
  /** @throws NODE_INPUT_INVALID, FILE_UNKNOWN */
  open(runId: string, handle: JsonValue): Promise<OpenFile>;
  /** The run is over. Never fails: what cannot be removed goes at the next start. */
  drop(runId: string): void;
}
