/**
 * The subset of JSON Schema that a node's config may use: no anyOf, allOf, oneOf, $ref, so that a form can be drawn and checked
 * without compiling code in the browser.
 *
 * `x-expression: true` marks a field that takes a literal or the value switch ({@link ValueSwitch}); the schema then describes the
 * value after evaluation. Without `type` any JSON is taken.
 */
export interface ConfigField {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: ConfigField;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, ConfigField>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | ConfigField;
  /** The field takes the value switch. */
  readonly 'x-expression'?: boolean;
  /** The widget, e.g. `code:javascript`, `picker:function`, `picker:destination`, `picker:field:incident`, `text:multiline`. */
  readonly 'x-editor'?: string;
  /** A list field is given a list whether the expression gave none, one or many values. */
  readonly 'x-list'?: boolean;
}

/** The config of a node type: an object without unknown keys. */
export interface ConfigSchema extends ConfigField {
  readonly type: 'object';
  readonly additionalProperties: false;
  readonly properties: Readonly<Record<string, ConfigField>>;
}
