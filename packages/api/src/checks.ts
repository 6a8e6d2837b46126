import type { JsonValue } from '@wirebook/errors';
import type { FlowProblem } from '@wirebook/flow';
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

/** The server reads what a browser cannot: expressions, and names of the connected organisation. */
export const checkFlowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['document'],
  properties: { document: { type: 'object' } },
} as const satisfies JSONSchema;
export type CheckFlowBody = FromSchema<typeof checkFlowSchema>;

export interface FlowChecked {
  /** Of `lintFlow` too, so that this list replaces the one made in the browser. */
  readonly problems: readonly FlowProblem[];
}

/** Evaluates one value of a config on the last recorded message of its node. No secret is resolved, nothing is requested. */
export const previewValueSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['document', 'nodeId', 'value'],
  properties: {
    document: { type: 'object' },
    nodeId: { type: 'string', maxLength: 100 },
    /** A value switch, or anything that holds some. */
    value: {},
    /** Without it the newest recorded message is taken. */
    runId: { type: 'string', maxLength: 100 },
  },
} as const satisfies JSONSchema;
export type PreviewValueBody = FromSchema<typeof previewValueSchema>;

export interface ValuePreview {
  /** value: what came out. nothing: the expression gave nothing. hidden: it reads a secret or the environment. no-message: none was recorded. */
  readonly kind: 'value' | 'nothing' | 'error' | 'hidden' | 'no-message';
  readonly value?: JsonValue;
  /** Cut beyond 16 KB. */
  readonly isTruncated?: boolean;
  readonly error?: { readonly code: string; readonly message: string };
  /** Where the message came from. */
  readonly source?: { readonly runId: string; readonly atMs: number; readonly isSample: boolean };
}

/** What a node was given and gave when it last ran. */
export interface RecordedMessageView {
  readonly runId: string;
  readonly stepId: number;
  readonly atMs: number;
  readonly input: JsonValue | null;
  readonly outputs: Readonly<Record<string, JsonValue>>;
  readonly trigger: JsonValue | null;
  readonly inputs: JsonValue | null;
  readonly isTruncated: boolean;
}
