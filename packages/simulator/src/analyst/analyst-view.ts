/** A value with its label, as a person reads it. */
export interface DeskField {
  readonly name: string;
  readonly label: string;
  readonly inputType: string;
  /** Labels of selects, Yes or No, dates in ISO 8601; rich text as the HTML that was stored. '' when there is no value. */
  readonly text: string;
  readonly isRichText: boolean;
}

/** An activity field of a form. */
export interface DeskFormField {
  readonly id: number;
  readonly name: string;
  readonly label: string;
  readonly prefix: string | null;
  readonly inputType: string;
  readonly required: 'always' | 'close' | null;
  readonly values: readonly { readonly value: number | string; readonly label: string; readonly isEnabled: boolean }[];
}

/** A menu rule, with the rows of its form in their order. */
export interface DeskMenuItem {
  readonly ruleId: number;
  readonly name: string;
  readonly form: readonly (
    | { readonly kind: 'header'; readonly text: string }
    | { readonly kind: 'field'; readonly field: DeskFormField }
  )[];
}

/** Something in an incident that actions can be run on. */
export interface DeskObject {
  readonly type: 'artifact' | 'note' | 'row' | 'task' | 'milestone' | 'attachment';
  readonly id: number;
  /** One line. */
  readonly title: string;
  readonly fields: readonly DeskField[];
  readonly actions: readonly DeskMenuItem[];
  readonly createdAtMs: number;
}

export interface DeskTable {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly { readonly name: string; readonly label: string }[];
  /** Fields in the order of the columns. */
  readonly rows: readonly DeskObject[];
}

export interface DeskIncidentSummary {
  readonly id: number;
  readonly name: string;
  readonly severity: string | null;
  readonly status: string;
  readonly owner: string | null;
  readonly createdAtMs: number;
  readonly artifactCount: number;
  readonly noteCount: number;
}

export interface DeskIncident extends DeskIncidentSummary {
  readonly descriptionHtml: string;
  readonly fields: readonly DeskField[];
  /** Oldest first, as are the rows of tables. */
  readonly artifacts: readonly DeskObject[];
  /** Newest first, answers among them. */
  readonly notes: readonly DeskObject[];
  readonly tables: readonly DeskTable[];
  /** In the order in which they were made. */
  readonly tasks: readonly DeskObject[];
  readonly milestones: readonly DeskObject[];
  /** Of the incident and of its tasks. */
  readonly attachments: readonly DeskObject[];
  readonly actions: readonly DeskMenuItem[];
}
