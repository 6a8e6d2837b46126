import { type ErrorCode, isJsonObject, type JsonValue } from '@wirebook/errors';
import type { FlowDocument, FlowNode, FlowProblem } from '@wirebook/flow';
import { type ConfigField, findValueSwitchKind } from '@wirebook/node-kit';
import { builtInNodes } from '../node-types.ts';
import type { KnownNames } from '../platform/platform-book.ts';
import { findNearestNames } from './nearest-names.ts';

interface Kind {
  readonly code: ErrorCode;
  /** An error where nothing can run: the engine would refuse the flow. */
  readonly severity: FlowProblem['severity'];
  /** Who has such names. */
  readonly owner: string;
  readonly words: string;
  readonly names: ReadonlySet<string> | undefined;
}

const organisation = { severity: 'warning', owner: 'the organisation' } as const;

/**
 * Names in configs that the connected organisation does not have: warnings, since what runs elsewhere may be right there; and connections
 * that app.config does not have.
 */
export function listUnknownNames(document: FlowDocument, names: KnownNames): FlowProblem[] {
  return document.nodes.flatMap((node) => {
    const schema = builtInNodes.find(({ descriptor }) => descriptor.type === node.type)?.descriptor.config;
    const config: unknown = node.config;
    if (node.disabled || schema === undefined || !isJsonObject(config)) return [];
    return listInField({ node, names }, config, { field: schema, path: '' });
  });
}

interface Place {
  readonly field: ConfigField;
  readonly path: string;
}

function listInField(about: { node: FlowNode; names: KnownNames }, value: JsonValue, { field, path }: Place): FlowProblem[] {
  const kind = field['x-editor'] === undefined ? undefined : findKind(field['x-editor'], about);
  if (kind !== undefined) return listUnknown(about.node, value, { kind, path });
  if (Array.isArray(value)) {
    return value.flatMap((item: JsonValue, index) => listInField(about, item, { field: field.items ?? {}, path: `${path}[${index}]` }));
  }
  if (!isJsonObject(value) || findValueSwitchKind(value) !== undefined) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const childField = field.properties !== undefined && Object.hasOwn(field.properties, key) ? field.properties[key] : undefined;
    return childField === undefined ? [] : listInField(about, child, { field: childField, path: path === '' ? key : `${path}.${key}` });
  });
}

function findKind(editor: string, { node, names }: { node: FlowNode; names: KnownNames }): Kind | undefined {
  switch (editor) {
    case 'picker:connection':
      return {
        code: 'SOAR_CONNECTION_UNKNOWN',
        owner: 'the configuration (app.config)',
        severity: 'error',
        words: 'connection',
        names: names.connections,
      };
    case 'picker:function':
      return { ...organisation, code: 'SOAR_FUNCTION_UNKNOWN', words: 'function', names: names.functions };
    case 'picker:destination':
      return { ...organisation, code: 'SOAR_DESTINATION_UNKNOWN', words: 'message destination', names: names.destinations };
    case 'picker:rules':
      return { ...organisation, code: 'SOAR_RULE_UNKNOWN', words: 'rule', names: names.rules };
    case 'picker:table':
      return { ...organisation, code: 'SOAR_TABLE_UNKNOWN', words: 'data table', names: new Set(names.tables.keys()) };
    case 'picker:column':
    case 'picker:columns': {
      const table: unknown = node.config.table;
      // Of an unknown table nothing is known; that the table is unknown is told already.
      return { ...organisation, code: 'SOAR_FIELD_UNKNOWN', words: `column of table "${table}"`, names: names.tables.get(String(table)) };
    }
    default: {
      const type = /^picker:field:(.+)$/.exec(editor)?.[1];
      return type === undefined
        ? undefined
        : { ...organisation, code: 'SOAR_FIELD_UNKNOWN', words: `${type} field`, names: names.fields.get(type) };
    }
  }
}

function listUnknown(node: FlowNode, value: JsonValue, { kind, path }: { kind: Kind; path: string }): FlowProblem[] {
  const { code, severity, owner, words, names } = kind;
  // What the account may not read is simply absent.
  if (names === undefined || names.size === 0) return [];
  const written = Array.isArray(value)
    ? value.map((item: JsonValue, index) => [item, `${path}[${index}]`] as const)
    : [[value, path] as const];
  return written.flatMap(([name, field]) => {
    if (typeof name !== 'string' || name === '' || names.has(name) || names.has(name.replace(/^properties\./, ''))) return [];
    const nearest = findNearestNames(name, names).map((known) => `"${known}"`);
    const message = `node "${node.name}": ${owner} has no ${words} "${name}"; ${nearest.length === 1 ? 'there is' : 'nearest are'} ${nearest.join(', ')}`;
    return [{ code, severity, message, nodeId: node.id, field }];
  });
}
