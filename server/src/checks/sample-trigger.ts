import type { PlatformField, PlatformView } from '@wirebook/api';
import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';
import type { FlowNode } from '@wirebook/flow';
import type { Trigger } from '@wirebook/node-kit';
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
  return kind === 'function' ? makeFunctionCall(config, platform) : makeAction(config, platform);
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
