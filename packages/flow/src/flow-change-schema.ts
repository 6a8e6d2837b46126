import { idSchema, nodeSchema, pointSchema, retrySchema, settingsSchema, wireSchema } from './flow-schema.ts';

/** A change names no more nodes than this; a batch has no more changes. */
const maxNodes = 20_000;
const maxWires = 100_000;

const nodeIds = { type: 'array', items: idSchema, maxItems: maxNodes } as const;
const wires = { type: 'array', items: wireSchema, maxItems: maxWires } as const;
const indices = { type: 'array', items: { type: 'integer', minimum: 0 }, maxItems: maxWires } as const;
const flag = { type: 'boolean' } as const;
const { name, notes, config, disabled, timeoutMs } = nodeSchema.properties;

/** The settings without their defaults: what is not given stays. */
const givenSettings = {
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(Object.entries(settingsSchema.properties).map(([key, { default: _, ...field }]) => [key, field])),
};

function objectOf(required: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['kind', ...Object.keys(required)],
    properties: { kind: { type: 'string' }, ...required, ...optional },
  };
}

/**
 * A schema for each kind of change; a validator is made of each. The changes in a batch and the document of a flow-replaced are read
 * by their own readers.
 */
export const flowChangeSchemas = {
  'nodes-added': objectOf(
    {
      nodes: { type: 'array', items: nodeSchema, maxItems: maxNodes },
      wires,
      positions: { type: 'object', additionalProperties: pointSchema, maxProperties: maxNodes },
    },
    { at: indices, wiresAt: indices },
  ),
  'nodes-removed': objectOf({ nodeIds }, { dropsEmptyPositions: flag }),
  'nodes-moved': objectOf(
    { positions: { type: 'object', additionalProperties: { ...pointSchema, type: ['array', 'null'] }, maxProperties: maxNodes } },
    { dropsEmptyPositions: flag },
  ),
  'node-configured': objectOf({ nodeId: idSchema, config }),
  'node-renamed': objectOf({ nodeId: idSchema, name }),
  'nodes-disabled': objectOf({ nodeIds, disabled: { type: disabled.type } }),
  'node-noted': objectOf({ nodeId: idSchema, notes: { type: notes.type } }),
  'node-guarded': objectOf(
    { nodeId: idSchema },
    { timeoutMs: { ...timeoutMs, type: ['integer', 'null'] }, retry: { ...retrySchema, type: ['object', 'null'] } },
  ),
  'wires-added': objectOf({ wires }, { at: indices }),
  'wires-removed': objectOf({ wires }),
  'flow-described': objectOf({}, { name, description: { type: 'string' }, settings: givenSettings }),
  'flow-replaced': objectOf({ document: { type: 'object' } }),
  batch: objectOf({ changes: { type: 'array', maxItems: maxNodes } }, { label: { type: 'string', maxLength: 200 } }),
} as const;
