import { type JsonObject, type JsonValue, valueAt } from '../json-value.ts';
import { addNote, addRow } from '../platform/child-writes.ts';
import { findIncidentField } from '../platform/incident-state.ts';
import { changeIncident, type WritePlace } from '../platform/incident-writes.ts';
import { getType, type Incident } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import type { PostWrite } from '../platform/rule.ts';

/**
 * Carries out one post-process write.
 *
 * @throws WirebookError SIMULATOR_REST_REFUSED when the field or table is not there or cannot hold the value.
 */
export function performPostWrite(write: PostWrite, result: JsonValue, target: { place: WritePlace; incident: Incident }): void {
  const { place, incident } = target;
  switch (write.to) {
    case 'note': {
      const value = firstValue(result, write.paths);
      addNote(place, incident, { text: { format: 'text', content: `${write.heading}: ${toText(value)}` } });
      return;
    }
    case 'field': {
      const field = findIncidentField(place.org, write.field);
      if (field === undefined) throw refusal(400, `There is no incident field ${write.field}.`);
      const value = firstValue(result, write.paths);
      if (value !== undefined) changeIncident(place, incident, new Map([[field, value]]));
      return;
    }
    case 'row': {
      const cells: JsonObject = {};
      for (const [column, paths] of Object.entries(write.cells)) {
        const value = firstValue(result, paths);
        if (value !== undefined) cells[column] = { value };
      }
      addRow(place, incident, { table: getType(place.org, write.table), body: { cells } });
      return;
    }
    default:
      write satisfies never;
  }
}

function firstValue(result: JsonValue, paths: readonly string[]): JsonValue | undefined {
  for (const path of paths) {
    const value = valueAt(result, path);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

function toText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
