import type { JsonObject, JsonValue } from '../json-value.ts';

export interface Condition {
  /** Qualified by type in rules (`incident.properties.x`), bare in queries; null for `object_added`. */
  readonly fieldName: string | null;
  readonly method: string;
  readonly value: JsonValue;
  /** The number by which an advanced expression names this condition. */
  readonly evaluationId: number | null;
}

export interface ConditionSet {
  readonly conditions: readonly Condition[];
  readonly logic: 'all' | 'any' | 'advanced';
  /** Such as `(1 OR 2) AND 3`; only with `advanced`. */
  readonly customCondition: string | null;
}

/** One line of a menu rule's form: an activity field or a heading. */
export interface ViewItem {
  readonly element: 'field_uuid' | 'header';
  readonly content: string;
  readonly fieldType: 'actioninvocation' | '__function' | null;
}

export interface Rule {
  readonly id: number;
  readonly name: string;
  readonly uuid: string;
  readonly enabled: boolean;
  readonly kind: 'automatic' | 'menu';
  readonly objectTypeId: number;
  readonly conditions: ConditionSet;
  readonly destinationIds: readonly number[];
  readonly workflowIds: readonly number[];
  readonly viewItems: readonly ViewItem[];
  readonly timeoutSeconds: number;
}

export interface MessageDestination {
  readonly id: number;
  readonly name: string;
  readonly programmaticName: string;
  /** Whether an action stays Pending until a completing reply comes. */
  readonly expectAck: boolean;
  readonly destinationType: 0 | 1;
  /** User ids and API key handles that may read the queue. */
  readonly users: readonly number[];
  readonly apiKeys: readonly number[];
  readonly uuid: string;
}

export interface FunctionDefinition {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly destinationId: number;
  readonly uuid: string;
  readonly version: number;
  readonly viewItems: readonly ViewItem[];
  readonly lastModifiedMs: number;
}

/** Where an input of a function call comes from (the pre-process step, as data). */
export type InputSource =
  | { readonly from: 'incident' | 'artifact' | 'note' | 'row' | 'activity'; readonly field: string }
  | { readonly from: 'literal'; readonly value: JsonValue };

/** What is written from a result (the post-process step, as data). Paths are tried in order; the first that exists wins. */
export type PostWrite =
  | { readonly to: 'note'; readonly heading: string; readonly paths: readonly string[] }
  | { readonly to: 'field'; readonly field: string; readonly paths: readonly string[] }
  | { readonly to: 'row'; readonly table: string; readonly cells: Readonly<Record<string, readonly string[]>> };

export interface WorkflowCall {
  readonly functionId: number;
  readonly inputs: Readonly<Record<string, InputSource>>;
  readonly writes: readonly PostWrite[];
}

export interface Workflow {
  readonly id: number;
  readonly name: string;
  readonly programmaticName: string;
  readonly objectTypeId: number;
  readonly uuid: string;
  readonly calls: readonly WorkflowCall[];
}

/** A script of the platform; the simulator shows it and runs none. */
export interface Script {
  readonly id: number;
  readonly name: string;
  readonly programmaticName: string;
  readonly description: string;
  readonly objectTypeId: number;
  readonly text: string;
  readonly uuid: string;
}

/** A playbook with functions in a row; the simulator shows it and runs none. */
export interface Playbook {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly objectTypeId: number;
  readonly uuid: string;
  readonly calls: readonly WorkflowCall[];
}

export function toViewItemDto(item: ViewItem): JsonObject {
  return {
    content: item.content,
    element: item.element,
    field_type: item.fieldType,
    show_if: null,
    show_link_header: false,
    step_label: null,
  };
}
