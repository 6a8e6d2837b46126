import type { PlatformField, PlatformView } from '@wirebook/api';
import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';
import type { FlowNode } from '@wirebook/flow';
import type { SourceKind, Trigger } from '@wirebook/node-kit';
import { builtInNodes } from '../node-types.ts';

/** 2026-03-01T12:00:00Z: a sample that changed with the clock would make a preview flicker. */
const sampleTimeMs = 1_772_366_400_000;
const sampleNumber = 42;
const sampleIncidentId = 2101;

/** What a source node might be started with, made from the definitions of the platform; undefined for a node that is no source. */
export function makeSampleTrigger(source: FlowNode, platform: PlatformView | null): Trigger | undefined {
  const kind = builtInNodes.find(({ descriptor }) => descriptor.type === source.type)?.descriptor.source?.kind;
  const config: unknown = source.config;
  if (kind === undefined || !isJsonObject(config)) return undefined;
  switch (kind) {
    case 'function':
      return makeFunctionCall(config, platform);
    case 'destination':
      return makeAction(config, platform);
    default:
      return makeBareTrigger(kind, config);
  }
}

/** What is not described by the platform's definitions. */
function makeBareTrigger(kind: Exclude<SourceKind, 'function' | 'destination'>, config: JsonObject): Trigger {
  const destination = String(config.destination ?? config.queue ?? '');
  return { ...sampleFacts, kind, destination, body: makeBody(kind, config), functionName: null, ruleName: null, inputs: {} };
}

function makeBody(kind: Exclude<SourceKind, 'function' | 'destination'>, config: JsonObject): JsonObject {
  switch (kind) {
    case 'inbound':
      return {
        origin: { source: 'sample', name: 'Sample', id: '1', version: '1.0' },
        schema_version: '1.0',
        content_type: 'offense',
        content_date: toIso(sampleTimeMs),
        action: 'create',
        content: { id: sampleNumber },
      };
    case 'connector':
      return {
        request_originator: { correlation_id: 'sample', org_id: 201, object_type: 'incident', object_id: sampleIncidentId },
        request_payload: {
          server_url: 'https://api.example.com/v1/items',
          method: 'GET',
          query_params: {},
          headers: {},
          response_content_type: 'application/json',
          security: { scheme: 'basic' },
        },
      };
    case 'schedule': {
      const sinceMs = sampleTimeMs - Number(config.everyMs ?? 300_000);
      return { scheduledAt: toIso(sampleTimeMs), scheduledAtMs: sampleTimeMs, since: toIso(sinceMs), sinceMs };
    }
    case 'inject':
      return isJsonObject(config.message) ? config.message : {};
    case 'webhook':
    case 'form':
      return {};
    default:
      return kind satisfies never;
  }
}

function toIso(atMs: number): string {
  return new Date(atMs).toISOString();
}

function makeFunctionCall(config: JsonObject, platform: PlatformView | null): Trigger {
  const name = String(config.function ?? '');
  const definition = platform?.functions.find((candidate) => candidate.name === name);
  const inputs = makeValues(definition?.inputs ?? []);
  return {
    ...sampleFacts,
    kind: 'function',
    destination: definition?.destination ?? '',
    body: { function: { id: 1, name }, inputs },
    functionName: name,
    ruleName: null,
    inputs,
  };
}

function makeAction(config: JsonObject, platform: PlatformView | null): Trigger {
  const destination = String(config.destination ?? '');
  const wanted: readonly JsonValue[] = Array.isArray(config.rules) ? config.rules : [];
  const rule = platform?.rules.find(
    ({ name, destinations }) => destinations.includes(destination) && (wanted.length === 0 || wanted.includes(name)),
  );
  const fieldsOf = (type: string) => platform?.fields[type] ?? [];
  const properties = makeValues(fieldsOf('actioninvocation'));
  const type = rule?.objectType ?? 'incident';
  const incidentFields = fieldsOf('incident');
  const custom = makeValues(incidentFields.filter(({ prefix }) => prefix === 'properties'));
  const incident = { ...makeValues(incidentFields.filter(({ prefix }) => prefix === null)), id: sampleIncidentId, properties: custom };
  return {
    ...sampleFacts,
    kind: 'action',
    destination,
    body: {
      action_id: rule?.id ?? 1,
      incident,
      ...(type === 'incident' ? {} : { [type]: { id: 1, ...makeValues(fieldsOf(type)) } }),
      properties,
    },
    functionName: null,
    ruleName: rule?.name ?? null,
    inputs: properties,
  };
}

const sampleFacts = { messageId: 'sample', headers: {}, receivedAtMs: sampleTimeMs } as const;

function makeValues(fields: readonly PlatformField[]): JsonObject {
  return Object.fromEntries(fields.map((field) => [field.name, makeValue(field)]));
}

/** As flows see it: a select is its label, a rich text its content. */
function makeValue({ inputType, label, values }: PlatformField): JsonValue {
  const choice = values.find(({ isEnabled }) => isEnabled)?.label ?? `${label} 1`;
  switch (inputType) {
    case 'number':
      return sampleNumber;
    case 'boolean':
      return true;
    case 'select':
    case 'select_owner':
    case 'select_user':
      return choice;
    case 'multiselect':
    case 'multiselect_members':
      return [choice];
    case 'datepicker':
    case 'datetimepicker':
      return sampleTimeMs;
    default:
      return `Sample of ${label}`;
  }
}
