/** One call as it goes to the worker. */
export interface WorkerCall {
  readonly id: number;
  /** Body of a function. */
  readonly source: string;
  /** Names of the constants that the source sees; keys of `scopeJson`. */
  readonly scopeNames: readonly string[];
  readonly scopeJson: string;
  readonly timeoutMs: number;
}

/** What a worker is told; a list, in order. */
export type WorkerCommand = readonly WorkerCall[];

export type ScriptFailureCode = 'SCRIPT_THREW' | 'SCRIPT_TIMEOUT' | 'SCRIPT_MEMORY' | 'SCRIPT_RESULT_INVALID';

export type WorkerAnswer =
  | { readonly id: number; readonly ok: true; readonly valueJson: string; readonly logsJson: string }
  | { readonly id: number; readonly ok: false; readonly code: ScriptFailureCode; readonly message: string };

export interface WorkerStart {
  /** Memory of the sandbox: all of WebAssembly, in bytes. */
  readonly memoryBytes: number;
  /** Two numbers: the id of the call that runs (0: none), the id of the call to be given up. */
  readonly board: SharedArrayBuffer;
}

export const runningSlot = 0;
export const cancelledSlot = 1;
