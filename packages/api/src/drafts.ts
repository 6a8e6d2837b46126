import type { FlowChange, FlowDocument } from '@wirebook/flow';
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

/** Who may write a draft: one browser tab at a time. */
export interface LeaseView {
  readonly leaseId: string;
  readonly userName: string;
  /** The tab that holds it. */
  readonly clientId: string;
  readonly expiresAtMs: number;
}

export interface DraftView {
  readonly flowId: string;
  /** Grows by one with each accepted list of changes. */
  readonly revision: number;
  readonly document: FlowDocument;
  readonly savedAtMs: number;
  readonly savedBy: string;
  /** Null: nobody writes. Others see who holds it and may take it over. */
  readonly lease: Omit<LeaseView, 'leaseId'> | null;
  readonly deployed: { readonly version: number; readonly document: FlowDocument } | null;
  /** Debug nodes that are switched off or on beside what the document says, by node id. */
  readonly debugSwitches: Readonly<Record<string, boolean>>;
  readonly sideDrafts: readonly SideDraftSummary[];
}

const clientId = { type: 'string', minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' } as const;

export const takeLeaseSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['clientId', 'takeOver'],
  properties: { clientId, takeOver: { type: 'boolean' } },
} as const satisfies JSONSchema;
export type TakeLeaseBody = FromSchema<typeof takeLeaseSchema>;

/** granted: false comes with the holder. */
export type LeaseAnswer =
  | { readonly granted: true; readonly lease: LeaseView; readonly revision: number }
  | { readonly granted: false; readonly holder: Omit<LeaseView, 'leaseId'> };

export const saveChangesSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['leaseId', 'clientId', 'baseRevision', 'changes'],
  properties: {
    leaseId: { type: 'string', minLength: 8, maxLength: 64 },
    clientId,
    baseRevision: { type: 'integer', minimum: 0 },
    changes: { type: 'array', minItems: 1, maxItems: 1000, items: { type: 'object' } },
  },
} as const satisfies JSONSchema;
export interface SaveChangesBody extends Omit<FromSchema<typeof saveChangesSchema>, 'changes'> {
  readonly changes: readonly FlowChange[];
}

/** stale: the writer lost its lease or its base; what it sent is kept as a draft of its own. */
export type SaveChangesAnswer =
  | { readonly saved: true; readonly revision: number; readonly savedAtMs: number }
  | { readonly saved: false; readonly reason: 'stale'; readonly sideDraft: SideDraftSummary };

/** Changes of a writer that came too late, kept with the document they would have made. */
export interface SideDraftSummary {
  readonly id: string;
  readonly flowId: string;
  readonly userName: string;
  readonly createdAtMs: number;
  /** What it changes against the draft of now, in sentences. */
  readonly summary: readonly string[];
}

export interface SideDraftView extends SideDraftSummary {
  readonly document: FlowDocument;
}

/** A numbered immutable copy. */
export interface VersionSummary {
  readonly number: number;
  readonly createdAtMs: number;
  readonly createdBy: string;
  readonly note: string;
  readonly isDeployed: boolean;
}

export interface VersionView extends VersionSummary {
  readonly document: FlowDocument;
}

export const saveVersionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['note'],
  properties: { note: { type: 'string', maxLength: 2000 } },
} as const satisfies JSONSchema;
export type SaveVersionBody = FromSchema<typeof saveVersionSchema>;
