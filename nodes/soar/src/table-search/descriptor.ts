import type { NodeDescriptor } from '@wirebook/node-kit';
import { conditionMethodField, conditionValueField, logicField } from '../condition-list-config.ts';
import { handsOnFields } from '../hands-on-config.ts';

export const soarTableSearch = {
  type: 'soar.table-search',
  version: 1,
  label: 'Search table rows',
  summary: 'Finds rows of a data table by conditions, as one list or each on its own way.',
  category: 'platform',
  icon: 'list-search',
  inputs: { in: { label: 'message to take values from' } },
  outputs: { out: { label: 'list of the rows' }, each: { label: 'one row after the other' } },
  opensScope: { port: 'each', parallelField: 'parallel', byConfig: { field: 'output', value: 'each' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId', 'table'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      table: { type: 'string', minLength: 1, maxLength: 300, title: 'Table', description: 'API name.', 'x-editor': 'picker:table' },
      conditions: {
        type: 'array',
        default: [],
        maxItems: 50,
        title: 'Conditions',
        description: 'Without any, all rows are found.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['column', 'method'],
          properties: {
            column: { type: 'string', minLength: 1, title: 'Column', description: 'API name.', 'x-editor': 'picker:column' },
            method: conditionMethodField,
            value: conditionValueField,
          },
        },
      },
      logic: logicField,
      ...handsOnFields({ one: 'a row', words: 'rows', parallel: 10 }),
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
