import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

/** Of a node and of a flow. */
export const idSchema = { type: 'string', minLength: 1, maxLength: 100, pattern: '^[A-Za-z0-9_-]+$' } as const;
const portAddress = { type: 'string', pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$' } as const;
export const pointSchema = { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 } as const;

export const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    /** Runs of this flow at one time. */
    concurrency: { type: 'integer', minimum: 1, maximum: 1000, default: 10 },
    /** Time limit of one run. */
    timeoutMs: { type: 'integer', minimum: 100, maximum: 86_400_000, default: 300_000 },
    /** Time limit of one step. */
    stepTimeoutMs: { type: 'integer', minimum: 100, maximum: 86_400_000, default: 120_000 },
    /** Steps that one message's ancestry may have before the run ends with FLOW_LOOP_LIMIT. */
    hopLimit: { type: 'integer', minimum: 1, maximum: 100_000, default: 1000 },
    /** Expression of the lane key; null means no order is kept. */
    orderBy: { type: ['string', 'null'], default: null },
  },
  required: [],
} as const satisfies JSONSchema;

export const nodeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'type', 'typeVersion', 'name', 'config'],
  properties: {
    id: idSchema,
    type: { type: 'string', pattern: '^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*$' },
    typeVersion: { type: 'integer', minimum: 1 },
    name: { type: 'string', minLength: 1, maxLength: 200 },
    config: { type: 'object' },
    disabled: { type: 'boolean', default: false },
    notes: { type: 'string', default: '' },
  },
} as const satisfies JSONSchema;

export const wireSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to'],
  properties: { from: portAddress, to: portAddress },
} as const satisfies JSONSchema;

/** The flow document, format 1: one JSON file a flow. */
export const flowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['format', 'id', 'name', 'nodes', 'wires'],
  properties: {
    format: { const: 1 },
    id: idSchema,
    name: { type: 'string', minLength: 1, maxLength: 200 },
    description: { type: 'string', default: '' },
    settings: { ...settingsSchema, default: {} },
    nodes: { type: 'array', items: nodeSchema },
    wires: { type: 'array', items: wireSchema },
    groups: { type: 'array', items: { type: 'object' }, default: [] },
    tests: { type: 'array', items: { type: 'object' }, default: [] },
    layout: {
      type: 'object',
      properties: { nodes: { type: 'object', additionalProperties: pointSchema } },
      default: {},
    },
  },
} as const satisfies JSONSchema;

/** A flow after parsing: every default is filled in. */
export type FlowDocument = FromSchema<typeof flowSchema>;
/** A flow as it may stand in a file. */
export type FlowDocumentInput = FromSchema<typeof flowSchema, { keepDefaultedPropertiesOptional: true }>;
export type FlowNode = FromSchema<typeof nodeSchema>;
export type FlowWire = FromSchema<typeof wireSchema>;
export type FlowSettings = FromSchema<typeof settingsSchema>;
