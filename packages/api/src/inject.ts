import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

/** What a source node of a deployed flow is started with by hand. */
export const injectMessageSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['message'],
  properties: { message: { type: 'object', additionalProperties: true } },
} as const satisfies JSONSchema;
export type InjectMessageBody = FromSchema<typeof injectMessageSchema>;
