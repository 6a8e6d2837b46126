import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

/** Of a node and of a flow. */
export const idSchema = { type: 'string', minLength: 1, maxLength: 100, pattern: '^[A-Za-z0-9_-]+$' } as const;
const portAddress = { type: 'string', pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$' } as const;
export const pointSchema = { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 } as const;

const stepTimeoutMs = { type: 'integer', minimum: 100, maximum: 86_400_000 } as const;

export const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    /** Runs of this flow at one time. */
    concurrency: { type: 'integer', minimum: 1, maximum: 1000, default: 10 },
    /** Time limit of one run. */
    timeoutMs: { type: 'integer', minimum: 100, maximum: 86_400_000, default: 300_000 },
    /** Time limit of one step. */
    stepTimeoutMs: { ...stepTimeoutMs, default: 120_000 },
    /** Steps that one message's ancestry may have before the run ends with FLOW_LOOP_LIMIT. */
    hopLimit: { type: 'integer', minimum: 1, maximum: 100_000, default: 1000 },
    /** Expression of the lane key; null means no order is kept. */
    orderBy: { type: ['string', 'null'], default: null },
  },
  required: [],
} as const satisfies JSONSchema;

/** When and how often a step is tried again after an error. */
export const retrySchema = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: {
    /** Further tries after the first one. */
    times: { type: 'integer', minimum: 1, maximum: 20, default: 3 },
    /** Before the first further try; 0 waits not at all. */
    delayMs: { type: 'integer', minimum: 0, maximum: 3_600_000, default: 1000 },
    /** fixed: the same wait each time; exponential: twice the wait before. */
    backoff: { enum: ['fixed', 'exponential'], default: 'exponential' },
    /** The longest wait. */
    maxDelayMs: { type: 'integer', minimum: 0, maximum: 3_600_000, default: 60_000 },
    /** The part of a wait that chance may take off: 0 none, 1 all of it. */
    jitter: { type: 'number', minimum: 0, maximum: 1, default: 0.2 },
    /** The errors that are worth another try: those that may pass by themselves, those of an outside system, all, or these codes. */
    on: {
      anyOf: [
        { enum: ['retryable', 'world', 'any'] },
        { type: 'array', items: { type: 'string', minLength: 1, maxLength: 100 }, minItems: 1, maxItems: 100 },
      ],
      default: 'retryable',
    },
  },
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
    /** Time limit of a step of this node, all its tries and waits included; that of the flow when absent. */
    timeoutMs: stepTimeoutMs,
    /** Absent: a step that fails is not tried again. */
    retry: retrySchema,
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
export type RetryPolicy = FromSchema<typeof retrySchema>;
export type FlowWire = FromSchema<typeof wireSchema>;
export type FlowSettings = FromSchema<typeof settingsSchema>;
