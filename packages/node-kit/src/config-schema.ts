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
  /**
   * The widget, e.g. `code:javascript`, `picker:function`, `picker:destination`, `picker:field:incident`, `text:multiline`;
   * `duration`: whole milliseconds, shown and typed with their unit; `code:jsonata`: the text of an expression on the message.
   */
  readonly 'x-editor'?: string;
  /** Fields of one object with the same text are drawn together below it, folded; a line says what of them is set. */
  readonly 'x-group'?: string;
  /** The field is drawn only while it matters. Of no concern for what is taken: a config may hold a value that is not drawn. */
  readonly 'x-shown-when'?: ShownWhen;
  /** A list field is given a list whether the expression gave none, one or many values. */
  readonly 'x-list'?: boolean;
}

/**
 * Another field of the same object, and its values with which this one matters; nothing given there counts as its default. An
 * expression there may give any of them.
 */
export interface ShownWhen {
  readonly field: string;
  readonly is?: readonly (string | number | boolean)[];
  readonly isNot?: readonly (string | number | boolean)[];
}

/** The config of a node type: an object without unknown keys. */
export interface ConfigSchema extends ConfigField {
  readonly type: 'object';
  readonly additionalProperties: false;
  readonly properties: Readonly<Record<string, ConfigField>>;
}
