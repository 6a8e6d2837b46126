import { isJsonObject } from '@wirebook/errors';
import type { FlowDocument, RetryPolicy } from './flow-schema.ts';

/**
 * The text of a flow file: keys in a fixed order, two spaces, layout last, a line end at the end. Equal flows give equal texts, so
 * that a difference of two files is a difference of two flows. Lists of plain values stay on one line.
 */
export function serializeFlow(document: FlowDocument): string {
  const { format, id, name, description, settings, nodes, wires, groups, tests, layout } = document;
  const ordered = {
    format,
    id,
    name,
    description,
    settings: {
      concurrency: settings.concurrency,
      timeoutMs: settings.timeoutMs,
      stepTimeoutMs: settings.stepTimeoutMs,
      hopLimit: settings.hopLimit,
      orderBy: settings.orderBy,
    },
    nodes: nodes.map((node) => ({
      id: node.id,
      type: node.type,
      typeVersion: node.typeVersion,
      name: node.name,
      config: sortKeys(node.config),
      timeoutMs: node.timeoutMs,
      retry: node.retry === undefined ? undefined : serializeRetry(node.retry),
      disabled: node.disabled,
      notes: node.notes,
    })),
    wires: wires.map(({ from, to }) => ({ from, to })),
    groups: sortKeys(groups),
    tests: sortKeys(tests),
    layout: sortKeys(layout),
  };
  return `${print(ordered, '')}\n`;
}

function serializeRetry({ times, delayMs, backoff, maxDelayMs, jitter, on }: RetryPolicy): object {
  return { times, delayMs, backoff, maxDelayMs, jitter, on };
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}

/** A list of plain values longer than this is written one value a line. */
const maxInlineLength = 80;

function print(value: unknown, indent: string): string {
  if (Array.isArray(value)) return printList(value, indent);
  if (!isJsonObject(value)) return JSON.stringify(value) ?? 'null';
  const inner = `${indent}  `;
  const lines = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${inner}${JSON.stringify(key)}: ${print(item, inner)}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
}

function printList(items: readonly unknown[], indent: string): string {
  if (items.length === 0) return '[]';
  const inner = `${indent}  `;
  const printed = items.map((item) => print(item, inner));
  const line = `[${printed.join(', ')}]`;
  const isPlain = items.every((item) => typeof item !== 'object' || item === null);
  return isPlain && line.length <= maxInlineLength ? line : `[\n${printed.map((item) => inner + item).join(',\n')}\n${indent}]`;
}
