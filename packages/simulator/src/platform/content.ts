import type { JsonObject } from '../json-value.ts';
import type { FieldDraft } from './field.ts';
import type { Condition, InputSource, PostWrite } from './rule.ts';

/** What an organisation is filled with, by names; ids are given when it is applied. */
export interface OrganisationContent {
  readonly incidentFields?: readonly FieldDraft[];
  readonly activityFields?: readonly FieldDraft[];
  readonly functionFields?: readonly FieldDraft[];
  readonly tables?: readonly { readonly name: string; readonly displayName: string; readonly columns: readonly FieldDraft[] }[];
  readonly destinations?: readonly DestinationContent[];
  readonly functions?: readonly FunctionContent[];
  readonly workflows?: readonly WorkflowContent[];
  readonly rules?: readonly RuleContent[];
  readonly scripts?: readonly ScriptContent[];
  readonly playbooks?: readonly PlaybookContent[];
  readonly incidents?: readonly IncidentContent[];
  /** Members by e-mail address. */
  readonly groups?: readonly { readonly name: string; readonly members: readonly string[] }[];
  readonly wikiPages?: readonly WikiContent[];
}

interface WikiContent {
  readonly title: string;
  /** HTML. */
  readonly text: string;
  readonly children?: readonly WikiContent[];
}

interface DestinationContent {
  readonly name: string;
  readonly programmaticName: string;
  readonly expectAck: boolean;
}

export interface FunctionContent {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly destination: string;
  /** Names of function fields, in the order of the form. */
  readonly inputs: readonly string[];
}

interface CallContent {
  readonly function: string;
  readonly inputs: Readonly<Record<string, InputSource>>;
  readonly writes: readonly PostWrite[];
}

export interface WorkflowContent {
  readonly name: string;
  readonly programmaticName: string;
  readonly objectType: string;
  readonly calls: readonly CallContent[];
}

interface ScriptContent {
  readonly name: string;
  readonly programmaticName: string;
  readonly description: string;
  readonly objectType: string;
  readonly text: string;
}

interface PlaybookContent {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly objectType: string;
  readonly calls: readonly CallContent[];
}

export interface RuleContent {
  readonly name: string;
  readonly kind: 'automatic' | 'menu';
  readonly objectType: string;
  readonly conditions?: readonly Condition[];
  readonly logic?: 'all' | 'any' | 'advanced';
  readonly customCondition?: string;
  readonly destinations?: readonly string[];
  readonly workflows?: readonly string[];
  /** Names of activity fields, and headings. */
  readonly form?: readonly ({ readonly field: string } | { readonly heading: string })[];
  readonly timeoutSeconds?: number;
}

export interface IncidentContent {
  /** As a client would POST it; labels for selects. */
  readonly body: JsonObject;
  readonly notes: readonly string[];
  readonly artifacts: readonly { readonly type: string; readonly value: string; readonly description: string }[];
  readonly rows: readonly { readonly table: string; readonly cells: JsonObject }[];
  /** As a client would POST them. */
  readonly tasks?: readonly JsonObject[];
  readonly milestones?: readonly JsonObject[];
  readonly attachments?: readonly { readonly name: string; readonly contentType: string; readonly text: string }[];
}
