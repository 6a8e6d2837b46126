import type { JsonObject, JsonValue } from '../json-value.ts';
import { crimeStatuses, harmStatuses, phases } from '../platform/incident-fields.ts';
import { choosableInputTypes, methodsByInputType } from '../platform/input-type.ts';

type Pairs = readonly (readonly [number | string, string])[];

function named(pairs: Pairs): JsonObject {
  return Object.fromEntries(pairs.map(([id, name]): [string, JsonValue] => [String(id), { id, name, enabled: true }]));
}

function labels(pairs: Pairs): JsonObject {
  return Object.fromEntries(pairs.map(([id, name]) => [String(id), name]));
}

const destinationTypes = labels([
  [0, 'Queue'],
  [1, 'Topic'],
]);
const actionTypes = labels([
  [0, 'Automatic'],
  [1, 'Manual'],
]);
const actionObjectTypes = labels([
  [0, 'Incident'],
  [1, 'Task'],
  [2, 'Note'],
  [3, 'Milestone'],
  [4, 'Artifact'],
  [5, 'Attachment'],
  [13, 'Email Message'],
]);

function inputTypeDtos(): JsonObject {
  const names = Object.keys(methodsByInputType);
  const methods: Readonly<Record<string, readonly string[]>> = methodsByInputType;
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        name,
        supported_methods: [...(methods[name] ?? [])],
        valid_transformations: [],
        can_use: choosableInputTypes.some((type) => type === name),
        supports_rich_text: name === 'textarea',
      },
    ]),
  );
}

/** The answer to `GET /rest/const`: enumerations, limits and the server's version. */
export function toConstDto(): JsonObject {
  return {
    incident_statuses: {
      A: { id: 'A', name: 'Active', enabled: true, isclosed: false, description: 'Being worked on' },
      C: { id: 'C', name: 'Closed', enabled: true, isclosed: true, description: 'Finished' },
    },
    task_statuses: {
      O: { id: 'O', name: 'Open', enabled: true, closed: false, description: 'Not done' },
      C: { id: 'C', name: 'Closed', enabled: true, closed: true, description: 'Done' },
    },
    crime_statuses: named(crimeStatuses),
    harm_statuses: named(harmStatuses),
    phases: named(phases),
    data_formats: named([
      [0, 'Electronic'],
      [1, 'Paper'],
      [2, 'Verbal'],
    ]),
    gdpr_risk_types: named([
      [0, 'NoRisk'],
      [1, 'Risk'],
      [2, 'HighRisk'],
    ]),
    states: {},
    geos: {},
    regulators: {},
    timeframes: {},
    data_types: {},
    timezones: {},
    input_types: inputTypeDtos(),
    action_types: actionTypes,
    action_object_types: actionObjectTypes,
    message_destination_types: destinationTypes,
    actions_framework: {
      enabled: true,
      destination_types: destinationTypes,
      action_types: actionTypes,
      action_object_types: actionObjectTypes,
      action_invocation_statuses: labels([
        [0, 'Complete'],
        [1, 'Pending'],
        [2, 'Error'],
        [3, 'Timed Out'],
      ]),
      action_invocation_message_types: labels([
        [0, 'Information'],
        [1, 'Error'],
        [2, 'Warning'],
      ]),
    },
    server_version: { v: 51, r: 0, m: 0, f: 0, build_number: 9754, major: 51, minor: 0, version: '51.0.0.0.9754' },
    script_languages: { python: 'Python 2', python3: 'Python 3' },
    max_attachment_mb: 25,
    max_artifact_mb: 25,
    max_artifacts: 500,
    max_img_mb: 5,
    min_session_timeout: 300,
    max_session_timeout: 86_400,
    max_page_size: 100,
  };
}
