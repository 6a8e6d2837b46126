import type { PlatformField, PlatformView } from '@wirebook/api';
import type { ConfigField } from '@wirebook/node-kit';
import { expect, test } from 'vitest';
import { filterOptions, findFieldBeside, findOption, listPickerOptions, type PickerPlace } from './picker-options.ts';

function field(name: string, label: string, prefix: string | null = null): PlatformField {
  return { id: 1, name, label, prefix, inputType: 'text', required: null, values: [] };
}

const platform: PlatformView = {
  connection: 'resilient',
  orgId: 201,
  fetchedAtMs: 0,
  functions: [{ name: 'look_up', label: 'Look up', description: '', destination: 'fn_main', inputs: [] }],
  destinations: [{ name: 'desk', label: 'Ticket desk', expectsAck: false }],
  rules: [
    { id: 1, name: 'Create', objectType: 'incident', kind: 'menu-item', destinations: ['desk'], isEnabled: true },
    { id: 2, name: 'Close', objectType: 'incident', kind: 'automatic', destinations: ['other'], isEnabled: false },
  ],
  tables: [{ name: 'log', label: 'Log', columns: [field('ticket', 'Ticket'), field('priority', 'Priority')] }],
  fields: { incident: [field('name', 'Name'), field('owner_city', 'City', 'properties')] },
  secretNames: [],
  folderNames: ['reports'],
};

const rowFields: Readonly<Record<string, ConfigField>> = {
  column: { type: 'string', 'x-editor': 'picker:column' },
  value: { 'x-editor': 'value:field', 'x-expression': true },
};

function place(config: Readonly<Record<string, unknown>>): PickerPlace {
  return {
    document: {
      nodes: [
        { id: 'a', type: 'x.a', typeVersion: 1, name: 'First', config: {}, disabled: false, notes: '' },
        { id: 'b', type: 'x.b', typeVersion: 1, name: 'Second', config: {}, disabled: false, notes: '' },
      ],
    },
    nodeId: 'a',
    descriptor: {
      config: {
        type: 'object',
        additionalProperties: false,
        properties: {
          where: { type: 'string', 'x-editor': 'picker:destination' },
          table: { type: 'string', 'x-editor': 'picker:table' },
        },
      },
    },
    config,
  };
}

const valuesOf = (options: readonly { value: string }[] | null) => options?.map(({ value }) => value);

test('[I7] rules are those of the chosen destination, and all while none is chosen', () => {
  expect(valuesOf(listPickerOptions({ kind: 'rules' }, platform, place({ where: 'desk' })))).toEqual(['Create']);
  expect(valuesOf(listPickerOptions({ kind: 'rules' }, platform, place({})))).toEqual(['Create', 'Close']);
});

test('[I7] columns are those of the chosen table; none are known while no table is', () => {
  expect(valuesOf(listPickerOptions({ kind: 'column' }, platform, place({ table: 'log' })))).toEqual(['ticket', 'priority']);
  expect(listPickerOptions({ kind: 'column' }, platform, place({ table: { $expr: 'x' } }))).toBeNull();
});

test('[I7] nodes are offered without the platform, the node itself is not', () => {
  expect(valuesOf(listPickerOptions({ kind: 'nodes' }, undefined, place({})))).toEqual(['Second']);
  expect(listPickerOptions({ kind: 'function' }, undefined, place({}))).toBeNull();
});

test('[I7] values of a field are offered by label, without those that are switched off', () => {
  const values = [
    { value: 1, label: 'IP Address', isEnabled: true },
    { value: 2, label: 'Old', isEnabled: false },
  ];
  const known = { ...platform, fields: { artifact: [{ ...field('type', 'Type'), values }] } };
  const source = { kind: 'values', objectType: 'artifact', field: 'type' } as const;
  expect(listPickerOptions(source, known, place({}))).toEqual([{ value: 'IP Address', label: 'IP Address', detail: 'id 1' }]);
  expect(listPickerOptions(source, platform, place({}))).toEqual([]);
});

test('[I7] the connection is offered with its organisation', () => {
  expect(listPickerOptions({ kind: 'connection' }, platform, place({}))).toEqual([
    { value: 'resilient', label: 'resilient', detail: 'organisation 201' },
  ]);
});

test('[I7] the folders that app.config names are offered', () => {
  expect(listPickerOptions({ kind: 'folder' }, platform, place({}))).toEqual([
    { value: 'reports', label: 'reports', detail: 'file_folders of app.config' },
  ]);
});

test('[I7] a custom field is found with its prefix and without', () => {
  const options = listPickerOptions({ kind: 'field', objectType: 'incident' }, platform, place({})) ?? [];
  expect(findOption(options, 'properties.owner_city')?.label).toBe('City');
  expect(findOption(options, 'owner_city')?.label).toBe('City');
  expect(findOption(options, 'gone')).toBeUndefined();
});

test('[I7] words are looked for in name, label and detail; a value that is chosen hides no other', () => {
  const options = listPickerOptions({ kind: 'rules' }, platform, place({})) ?? [];
  expect(valuesOf(filterOptions(options, 'menu INCIDENT'))).toEqual(['Create']);
  expect(valuesOf(filterOptions(options, 'Create'))).toEqual(['Create', 'Close']);
  expect(filterOptions(options, 'nothing like it')).toEqual([]);
});

test('[I7] the value of a row is that of the field chosen beside it', () => {
  expect(findFieldBeside({ column: 'priority' }, rowFields, platform, place({ table: 'log' }))?.label).toBe('Priority');
  expect(findFieldBeside({ column: 'priority' }, rowFields, platform, place({}))).toBeUndefined();
  expect(findFieldBeside({}, rowFields, platform, place({ table: 'log' }))).toBeUndefined();
  const byField = { field: { type: 'string', 'x-editor': 'picker:field:incident' } } as const;
  expect(findFieldBeside({ field: 'properties.owner_city' }, byField, platform, place({}))?.name).toBe('owner_city');
});
