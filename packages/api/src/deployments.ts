import type { FlowProblem } from '@wirebook/flow';
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

const flowIds = { type: 'array', minItems: 1, maxItems: 1000, uniqueItems: true, items: { type: 'string', maxLength: 100 } } as const;

/** Without `flowIds`: every flow whose draft differs from what runs and that was deployed before, or is new. */
export const previewDeploymentSchema = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: { flowIds },
} as const satisfies JSONSchema;
export type PreviewDeploymentBody = FromSchema<typeof previewDeploymentSchema>;

export const deploySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['flowIds', 'acceptWarnings'],
  properties: {
    flowIds,
    note: { type: 'string', maxLength: 2000 },
    acceptWarnings: { type: 'boolean' },
    /** Revision of each draft that was looked at; one that has moved on since is refused. */
    revisions: { type: 'object', additionalProperties: { type: 'integer' } },
  },
} as const satisfies JSONSchema;
export type DeployBody = FromSchema<typeof deploySchema>;

/** A problem of one flow; errors block a deployment, warnings ask. */
export interface DeployProblem extends FlowProblem {
  readonly flowId: string;
}

export interface FlowToDeploy {
  readonly flowId: string;
  readonly name: string;
  readonly revision: number;
  readonly fromVersion: number | null;
  readonly toVersion: number;
  /** Sentences of the semantic difference; layout and notes do not count. */
  readonly changes: readonly string[];
}

export interface DeployPreview {
  readonly flows: readonly FlowToDeploy[];
  readonly subscriptions: { readonly start: readonly string[]; readonly stop: readonly string[] };
  /** Runs of the flows that are in flight and finish on their version. */
  readonly runsInFlight: number;
  readonly problems: readonly DeployProblem[];
  /** Why the engine cannot take a deployment now; null when it can. */
  readonly engineProblem: string | null;
}

export interface DeploymentView {
  readonly flowId: string;
  readonly flowName: string;
  readonly version: number;
  readonly deployedAtMs: number;
  readonly deployedBy: string;
  /** Why it does not run although it is deployed, after a start of the server; absent when it runs. */
  readonly problem?: string;
}

export interface DeploymentsView {
  readonly deployments: readonly DeploymentView[];
  /** Flows whose draft behaves differently from what runs. */
  readonly changedFlowIds: readonly string[];
}

export const switchDebugSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['enabled'],
  properties: { enabled: { type: ['boolean', 'null'] } },
} as const satisfies JSONSchema;
/** null: as the document says. */
export type SwitchDebugBody = FromSchema<typeof switchDebugSchema>;
