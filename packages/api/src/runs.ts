import type { JsonValue } from '@wirebook/errors';
import type { RunHead, RunOutcome, RunView } from '@wirebook/trace';

export type RunStatus = 'running' | RunOutcome;

/** A row of the run list, live or from the store. */
export interface RunRow {
  readonly head: RunHead;
  /** Number of the version that ran; null when that version is not known to this server. */
  readonly version: number | null;
  readonly status: RunStatus;
  readonly attempts: number;
  readonly errorCode: string | null;
  readonly finishedAtMs: number | null;
  readonly durationMs: number | null;
  readonly stepCount: number;
  /** Tries of external calls beyond the first. */
  readonly retryCount: number;
  /** Nodes that failed, also when the error was taken. */
  readonly failedNodeIds: readonly string[];
  readonly isCompleted: boolean;
}

/** Query of GET /api/runs; all optional, combined with "and". */
export interface ListRunsQuery {
  readonly flowId?: string;
  readonly nodeId?: string;
  readonly status?: RunStatus;
  readonly incidentId?: string;
  /** Words that stand anywhere in the run. */
  readonly text?: string;
  /** Cursor of the page before. */
  readonly before?: string;
  /** 1 to 200, default 50. */
  readonly limit?: string;
}

export interface RunsPage {
  readonly runs: readonly RunRow[];
  /** Null: there are no older ones. */
  readonly next: string | null;
  /** Older runs may hold the searched text too; narrow the search to see them. */
  readonly isIncomplete?: boolean;
}

/** A run with its steps; values over 64 KB are cut and marked, and loaded by {@link ValueAddress}. */
export interface RunDetail {
  readonly row: RunRow;
  readonly view: RunView;
  /** Headers masked. */
  readonly trigger: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: JsonValue | null;
    readonly sizeBytes: number;
    readonly isTruncated: boolean;
  } | null;
  /** Message a step was given, where it was kept: by step id for the last attempt, by `attempt:stepId` for those before. */
  readonly inputs: Readonly<Record<string, JsonValue>>;
  /** Keys of `inputs` whose value is cut. */
  readonly cutInputs?: readonly string[];
}

/** Query of GET /api/runs/:runId/value. */
export interface ValueAddress {
  readonly attempt: string;
  readonly stepId: string;
  readonly what: 'input' | 'emission' | 'print' | 'trigger';
  /** Among the emissions or prints of the step. */
  readonly index?: string;
}

export interface StoredValue {
  readonly value: JsonValue;
  readonly sizeBytes: number;
  /** True: what was recorded is itself cut. */
  readonly isTruncated: boolean;
}

/** One line of `core.debug`, or of a script's console. */
export interface DebugLine {
  /** Grows by one for each line of this server's life. */
  readonly seq: number;
  readonly atMs: number;
  readonly runId: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly nodeId: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'print';
  readonly label: string;
  /** Excerpt of at most 4 KB. */
  readonly text: string;
  readonly sizeBytes: number;
}

/** What a node of a deployed flow did lately: its status line on the canvas. */
export interface NodeActivity {
  readonly nodeId: string;
  readonly state: 'running' | 'ok' | 'failed';
  readonly atMs: number;
  /** Since the server started. */
  readonly okCount: number;
  readonly failedCount: number;
  readonly lastError: string | null;
  /** A host that the node called gets no calls until then, for it failed too often. */
  readonly circuit?: { readonly host: string; readonly untilMs: number } | null;
}
