/** What one schema rule says against a value; the fields of ajv's error object that are used. */
export interface SchemaError {
  readonly keyword: string;
  /** JSON pointer of the value. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
  readonly parentSchema?: Readonly<Record<string, unknown>>;
}

/** Checks a value against the schema of the flow document and fills in defaults in place. */
export interface FlowValidator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

export declare const validateFlow: FlowValidator;
