import type { JsonObject, JsonValue } from '@wirebook/errors';
import type { Clock, ConfigSchema, Trigger } from '@wirebook/node-kit';

/** What expressions of one step see. Nothing in it is ever changed. */
export interface ExpressionScope {
  /** Root of every expression. */
  readonly message: JsonValue;
  readonly trigger: Trigger;
  /** Output of an ancestor by node name, on this message's own ancestry; undefined when it gave none. */
  readonly steps: (nodeName: string) => JsonValue | undefined;
}

export interface CompileConfigOptions {
  /** As it stands in the flow document. */
  readonly config: JsonObject;
  readonly schema: ConfigSchema;
  /** Named in errors. */
  readonly nodeName: string;
  /** Names of the nodes that every message may have passed before this one. */
  readonly ancestors: ReadonlySet<string>;
  readonly secrets: (name: string) => string | undefined;
  readonly env: (name: string) => string | undefined;
  readonly clock: Clock;
  /** 0 to below 1. */
  readonly random: () => number;
}

/** The config of one node, compiled once per deployment. */
export interface CompiledConfig {
  /** The ready config when nothing has to be computed for a message, else undefined. */
  readonly fixed: JsonObject | undefined;
  /**
   * The config for one message, defaults filled in and every computed field checked. Without a promise whenever it can.
   *
   * @throws FLOW_EXPRESSION_FAILED when an expression fails or gives nothing for a required field, NODE_INPUT_INVALID when what it
   * gives does not fit the field; both name node, field and value.
   */
  evaluate(scope: ExpressionScope): Promise<JsonObject> | JsonObject;
  /** Names of the secrets that the config reads, each once. */
  readonly secretsUsed: readonly string[];
}
