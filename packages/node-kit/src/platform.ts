import type { JsonObject, JsonValue } from '@wirebook/errors';
import type { SizedContent } from './files.ts';

export interface PlatformRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the organisation, e.g. `/incidents/2314`; with `absolute`, below `/rest`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly body?: JsonValue | undefined;
  /** Sent as multipart/form-data in place of a body. */
  readonly upload?: PlatformUpload | undefined;
  /**
   * Takes the content of a good answer as it comes; the body of the response is null then. Called again for each try; what it throws ends
   * the call.
   */
  readonly takeContent?: ((content: PlatformContent) => Promise<void>) | undefined;
  readonly handleFormat?: 'ids' | 'names' | undefined;
  /** True: the path is below `/rest`, not below the organisation. */
  readonly absolute?: boolean | undefined;
  /** Milliseconds for one attempt; the connection's limit when absent. */
  readonly timeoutMs?: number | undefined;
  /** A POST that may be repeated blindly (a query). GET, PUT and DELETE always may. */
  readonly repeatable?: boolean | undefined;
}

/** A file with the parts that go with it. */
export interface PlatformUpload {
  /** Of the part with the file. */
  readonly field: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly content: SizedContent;
  /** Texts of further parts, by their names. */
  readonly parts?: Readonly<Record<string, string>> | undefined;
}

export interface PlatformContent {
  readonly contentType: string;
  readonly read: AsyncIterable<Uint8Array>;
}

export interface PlatformResponse {
  readonly status: number;
  readonly body: JsonValue;
}

/** One try of a call, as the trace shows it. */
export interface CallAttempt {
  readonly method: string;
  readonly url: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly code: string | null;
  /** Time that it waited before it left, for a connection, a rate limit, or as the other side asked; absent where it did not. */
  readonly waitMs?: number;
}

/** An object that can be read only among others, and where it is written. */
export interface PickedObject {
  readonly current: JsonObject;
  readonly writePath: string;
}

export interface ReadChangeWrite {
  /** What is read, and written too unless `pick` says otherwise. */
  readonly path: string;
  /** Chooses the object to change out of what was read, e.g. a row out of a list. What it throws ends the change. */
  readonly pick?: ((answer: JsonValue) => PickedObject) | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly handleFormat?: 'ids' | 'names' | undefined;
  /** Gets what was read, gives what to write, or undefined when nothing is to be changed. Called again after each 409. */
  readonly apply: (current: JsonObject) => JsonObject | undefined;
}

export interface ReadChangeWriteResult {
  readonly before: JsonObject;
  /** What the platform answered; equal to `before` when nothing was written. */
  readonly after: JsonObject;
  /** PUTs sent. */
  readonly attempts: number;
}

/** REST calls for one run: each carries the context token of the run's message, whatever the node does. */
export interface PlatformCalls {
  request(request: PlatformRequest): Promise<PlatformResponse>;
  /** GET, apply, PUT; on 409 read again, apply again, write again, a bounded number of times. */
  readChangeWrite(change: ReadChangeWrite): Promise<ReadChangeWriteResult>;
  readonly catalogue: PlatformCatalogue;
}

export interface FieldDefinition {
  readonly id: number;
  readonly name: string;
  /** The label people see. */
  readonly label: string;
  /** `properties` for custom fields, null for top-level ones. */
  readonly prefix: string | null;
  readonly inputType: string;
  readonly required: 'always' | 'close' | null;
  readonly values: readonly { readonly value: number | string; readonly label: string; readonly enabled: boolean }[];
}

export interface FunctionDefinition {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  /** Programmatic name of its message destination. */
  readonly destination: string;
}

/** Whom calls are made as. */
export interface PlatformAccount {
  readonly type: 'user' | 'apikey';
  /** Id of the user, or handle of the API key. */
  readonly id: number;
}

/** Definitions of the connected organisation, cached. Unknown names are answered with undefined. */
export interface PlatformCatalogue {
  readonly orgId: number;
  /** Where people reach the platform, e.g. `https://soar.example.com`, without a slash at the end. */
  readonly address: string;
  /** Null when the platform did not tell it at the login. */
  readonly account: PlatformAccount | null;
  listFields(typeName: string): Promise<readonly FieldDefinition[] | undefined>;
  findFunction(name: string): Promise<FunctionDefinition | undefined>;
  /** The rule's name by its id; asked again once when the id is new. */
  findRuleName(actionId: number): Promise<string | undefined>;
  /** Full names of the queues of connectors; none where the platform has none or does not let the account read them. */
  listConnectorQueues(): Promise<readonly string[]>;
  /** Forgets what was read. */
  refresh(): void;
}

export interface RunCallOptions {
  /** Header Co3ContextToken of the run's message. */
  readonly contextToken: string | undefined;
  readonly signal: AbortSignal;
  readonly onAttempt: (attempt: CallAttempt) => void;
}

/** The platform's REST side, as the engine holds it. */
export interface PlatformClient {
  readonly catalogue: PlatformCatalogue;
  /** Calls bound to a run. */
  forRun(options: RunCallOptions): PlatformCalls;
  close(): Promise<void>;
}
