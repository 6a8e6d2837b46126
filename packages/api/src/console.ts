import type { JsonValue } from '@wirebook/errors';
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import type { PlatformField } from './platform-view.ts';

/** The analyst's side of the simulated platform. */
export interface ConsoleIncidentSummary {
  readonly id: number;
  readonly name: string;
  readonly severity: string | null;
  readonly status: string;
  readonly owner: string | null;
  readonly createdAtMs: number;
  readonly artifactCount: number;
  readonly noteCount: number;
}

export interface ConsoleIncidentsView {
  readonly orgName: string;
  readonly incidents: readonly ConsoleIncidentSummary[];
}

export interface ConsoleField {
  readonly name: string;
  readonly label: string;
  readonly inputType: string;
  /** As an analyst reads it; rich text as the HTML that was stored, to be sanitised before it is shown. */
  readonly text: string;
  readonly isRichText: boolean;
}

/** A menu item with the form of its activity fields. */
export interface ConsoleAction {
  readonly ruleId: number;
  readonly name: string;
  /** Rows of the form, headers among them, in the order of the rule. */
  readonly form: readonly (
    | { readonly kind: 'header'; readonly text: string }
    | { readonly kind: 'field'; readonly field: PlatformField }
  )[];
}

export interface ConsoleObject {
  readonly type: 'artifact' | 'note' | 'row' | 'task' | 'milestone' | 'attachment';
  readonly id: number;
  /** One line: the value of an artifact, the first words of a note, the cells of a row. */
  readonly title: string;
  readonly fields: readonly ConsoleField[];
  readonly actions: readonly ConsoleAction[];
  readonly createdAtMs: number;
}

export interface ConsoleTable {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly { readonly name: string; readonly label: string }[];
  /** Fields in the order of the columns. */
  readonly rows: readonly ConsoleObject[];
}

export interface ConsoleIncidentView extends ConsoleIncidentSummary {
  readonly descriptionHtml: string;
  readonly fields: readonly ConsoleField[];
  readonly artifacts: readonly ConsoleObject[];
  readonly notes: readonly ConsoleObject[];
  readonly tables: readonly ConsoleTable[];
  readonly tasks: readonly ConsoleObject[];
  readonly milestones: readonly ConsoleObject[];
  readonly attachments: readonly ConsoleObject[];
  readonly actions: readonly ConsoleAction[];
}

export const runConsoleActionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['rule', 'incidentId'],
  properties: {
    rule: { type: 'string', minLength: 1, maxLength: 300 },
    incidentId: { type: 'integer', minimum: 1 },
    object: {
      type: 'object',
      additionalProperties: false,
      required: ['type', 'id'],
      properties: { type: { enum: ['artifact', 'note', 'row', 'task', 'milestone', 'attachment'] }, id: { type: 'integer', minimum: 1 } },
    },
    /** Activity fields by API name. */
    properties: { type: 'object' },
  },
} as const satisfies JSONSchema;
export type RunConsoleActionBody = FromSchema<typeof runConsoleActionSchema>;

export type ActionState = 'Pending' | 'Complete' | 'Error' | 'Timed Out';

/** A row of Action Status. */
export interface ActionStatusRow {
  /** Of the call, unique. */
  readonly id: number;
  readonly invocationId: number;
  readonly incidentId: number | null;
  readonly status: ActionState;
  /** Such as "Workflow - Function". */
  readonly type: string;
  readonly user: string;
  /** Rule or workflow. */
  readonly name: string;
  readonly functionName: string | null;
  readonly information: string;
  readonly atMs: number;
  /** Every reply in the order it came. */
  readonly messages: readonly {
    readonly atMs: number;
    readonly text: string;
    readonly kind: 'information' | 'error' | 'warning';
    readonly isCompleting: boolean;
  }[];
  readonly result: JsonValue | null;
}

export interface ActionStatusView {
  readonly rows: readonly ActionStatusRow[];
}
