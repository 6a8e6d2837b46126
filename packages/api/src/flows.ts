import type { RunOutcome } from '@wirebook/trace';
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

const flowName = { type: 'string', minLength: 1, maxLength: 200 } as const;

/** With a document the flow is an import: it gets an id of its own when its id is taken. */
export const createFlowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: { name: flowName, document: { type: 'object' } },
} as const satisfies JSONSchema;
export type CreateFlowBody = FromSchema<typeof createFlowSchema>;

export const renameFlowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: { name: flowName },
} as const satisfies JSONSchema;
export type RenameFlowBody = FromSchema<typeof renameFlowSchema>;

/** draft: never deployed. deployed: runs as drawn. changed: the draft differs from what runs. stopped: was deployed, is not. */
export type FlowState = 'draft' | 'deployed' | 'changed' | 'stopped';

/** A row of the page Flows. */
export interface FlowSummary {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly state: FlowState;
  /** Null when it is not deployed. */
  readonly deployedVersion: number | null;
  readonly latestVersion: number | null;
  readonly nodeCount: number;
  /** What starts it: function and destination names. */
  readonly triggers: readonly string[];
  readonly changedAtMs: number;
  readonly changedBy: string;
  readonly lastRun: { readonly runId: string; readonly outcome: RunOutcome | null; readonly startedAtMs: number } | null;
  /** Of the draft, as the lint rules count them. */
  readonly problems: { readonly errors: number; readonly warnings: number };
}

export interface FlowsView {
  readonly flows: readonly FlowSummary[];
}
