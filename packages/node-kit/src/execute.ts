import type { ErrorRecord, JsonValue } from '@wirebook/errors';
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import type { Clock } from './clock.ts';
import type { NodeDescriptor } from './node-descriptor.ts';
import type { CallAttempt } from './platform.ts';
import type { Services } from './services.ts';
import type { RunInfo } from './trigger.ts';

/** Lines for the trace of this step. */
export interface StepLog {
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  /** A value for the debug panel. `isEnabled` is what the config says, true unless given; the engine may have been told otherwise. */
  print(label: string, value: JsonValue, isEnabled?: boolean): void;
  /** A try of an external call that the platform service does not report by itself. */
  attempt(attempt: CallAttempt): void;
}

/** Everything a step gets. Config fields are evaluated and checked; message and config are never changed. */
export interface ExecuteContext<Config, Port extends string> {
  readonly config: Config;
  readonly message: JsonValue;
  readonly run: RunInfo;
  /** The failure that led here, when the message came through an error port or a catch node. */
  readonly failure: StepFailure | undefined;
  /** Outputs leave when the step ended well, in this order. */
  emit(port: Port, message: JsonValue): void;
  readonly services: Services;
  readonly clock: Clock;
  /** Aborts at the time limit of step or run, and at a stop. */
  readonly signal: AbortSignal;
  readonly log: StepLog;
}

export interface StepFailure {
  readonly error: ErrorRecord;
  readonly nodeId: string;
  readonly nodeName: string;
}

/** Output ports of a descriptor as a type; nodes with ports from config take any text. */
export type OutputPort<D extends NodeDescriptor> = D extends { readonly outputsFromConfig: string }
  ? string
  : Extract<keyof D['outputs'], string>;

/** What a schema leaves open is JSON, since config comes from a document. */
type AsJson<Value> = unknown extends Value
  ? JsonValue
  : Value extends readonly (infer Item)[]
    ? readonly AsJson<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: AsJson<Value[Key]> }
      : Value;

/** Config of a descriptor as a type, after defaults and evaluation. */
export type ConfigOf<D extends NodeDescriptor> = D['config'] extends JSONSchema ? AsJson<FromSchema<D['config']>> : never;

/** The behaviour of a node type. A rejection goes to the error port; anything but a WirebookError becomes NODE_UNEXPECTED. */
export type Execute<D extends NodeDescriptor> = (context: ExecuteContext<ConfigOf<D>, OutputPort<D>>) => void | Promise<void>;
