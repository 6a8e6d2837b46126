import type { DebugLine, EngineView, NodeActivity, RunRow } from '@wirebook/api';
import type { FlowDocument } from '@wirebook/flow';

/** What happened in the engine since the batch before. */
export interface EngineActivity {
  /** The newest state of each run that changed, in the order of the changes. */
  readonly rows: readonly RunRow[];
  /** Numbered by who hands them on. */
  readonly lines: readonly Omit<DebugLine, 'seq'>[];
  readonly nodes: readonly { readonly flowId: string; readonly nodes: readonly NodeActivity[] }[];
}

/** The supervised child process that runs flows. */
export interface EngineProcess {
  /**
   * Hands over the whole set of flows to run; resolves when the engine runs them, rejects with a coded error when one is refused, and
   * then nothing changed. Waits while the engine restarts; after a restart the last set that was taken is handed over again by itself.
   */
  deploy(flows: readonly FlowDocument[]): Promise<void>;
  readonly view: EngineView;
  onChange(listener: (view: EngineView) => void): () => void;
  /** At most 20 batches a second. */
  onActivity(listener: (batch: EngineActivity) => void): () => void;
  setDebugSwitches(flowId: string, switches: Readonly<Record<string, boolean>>): void;
  /** Lets runs in flight finish within the time. */
  stop(withinMs: number): Promise<void>;
}
