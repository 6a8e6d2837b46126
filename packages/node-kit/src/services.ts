import type { JsonValue } from '@wirebook/errors';
import type { FileService, FolderService, SizedContent } from './files.ts';
import type { CallAttempt, PlatformCalls } from './platform.ts';

/** The completing reply of a run. */
export type Completion =
  | { readonly kind: 'result'; readonly results: JsonValue; readonly text: string | null }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'acknowledge'; readonly text: string };

/** What the HTTP request that started a run is answered with. */
export interface WebResponse {
  /** 200 to 599. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Replies to the message that started the run. */
export interface ReplyService {
  /** Sends an interim reply at once; one that was sent in an earlier attempt of the run is not sent again. */
  status(text: string): Promise<void>;
  /**
   * Completes the action. It leaves when the step ends; work that is left then goes on detached from the message.
   *
   * @throws ENGINE_REPLY_ALREADY_COMPLETED, ENGINE_REPLY_NOT_POSSIBLE, ENGINE_REPLY_UNSERIALIZABLE
   */
  complete(completion: Completion): void;
  /** Answers the HTTP request that started the run. False: nobody waits for it, or not any more. */
  respond(response: WebResponse): boolean;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Text, or a content of a known length, as it is sent. */
  readonly body?: string | SizedContent | undefined;
  readonly timeoutMs: number;
  /** Largest answer that is read. */
  readonly maxResponseBytes: number;
  /** Takes the body of the answer as it comes; that of the response is empty then. What it throws ends the request. */
  readonly takeBody?: ((head: Omit<HttpResponse, 'body'>, content: AsyncIterable<Uint8Array>) => Promise<void>) | undefined;
  readonly signal: AbortSignal;
  readonly onAttempt: (attempt: CallAttempt) => void;
  /** Hears, in words, why the request has to wait before it leaves. */
  readonly onHeld?: ((reason: string) => void) | undefined;
  /** Whose request it is; the engine fills it in. */
  readonly caller?: RequestCaller | undefined;
}

export interface RequestCaller {
  readonly flowId: string;
  readonly nodeId: string;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text as it was received, decoded as UTF-8. */
  readonly body: string;
}

/** Plain HTTP to other servers, with the egress rules of the configuration. Any status resolves; only no answer rejects (HTTP_*). */
export interface HttpService {
  request(request: HttpRequest): Promise<HttpResponse>;
}

export interface ScriptCall {
  /** Body of a function. It sees the names in `scope` as constants and gives its result with `return`. */
  readonly source: string;
  /** Names and JSON values; only those that the source mentions are handed over. */
  readonly scope: Readonly<Record<string, JsonValue>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface ScriptResult {
  /** Undefined when the script returned nothing. */
  readonly value: JsonValue | undefined;
  /** Lines of `console.log` and alike, in order. */
  readonly logs: readonly { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly text: string }[];
}

/** Runs user scripts in an isolated worker. Rejects with SCRIPT_THREW, SCRIPT_TIMEOUT, SCRIPT_MEMORY, SCRIPT_RESULT_INVALID. */
export interface ScriptService {
  run(call: ScriptCall): Promise<ScriptResult>;
}

export interface WaitRequest {
  /** defer: for a time. debounce: until no other one of its key came for a time. throttle: until so much time passed since the one before. */
  readonly kind: 'defer' | 'debounce' | 'throttle';
  /** Milliseconds. */
  readonly waitMs: number;
  /** defer: up to so many milliseconds more, by chance; 0 unless given. */
  readonly jitterMs?: number;
  /** Compared with those of the same node, over all runs; all are the same unless given. */
  readonly key?: string;
  /** debounce: earlier ones of the key are skipped. throttle: what would have to wait is skipped. False unless given. */
  readonly skips?: boolean;
}

/** due: its time has come. skipped: another one of its key goes in its place. */
export type WaitOutcome = 'due' | 'skipped';

export interface GatherRequest {
  /** Compared with those of the same node, over all runs. */
  readonly key: string;
  /** So many make a list. */
  readonly count: number;
  /** True: with this one the list is complete. */
  readonly completes: boolean;
  /** Milliseconds after the first of a list at which it goes on with what there is. */
  readonly waitMs: number;
  /** What stands in the list. */
  readonly value: JsonValue;
}

export interface TurnRequest {
  /** Compared with those of the same node, over all runs. */
  readonly key: string;
  readonly number: number;
  /** With which a sequence begins; null: with the lowest that came when the first one has waited. */
  readonly first: number | null;
  /** Milliseconds that it waits for a lower one. */
  readonly waitMs: number;
  /** Milliseconds for which a sequence is remembered after its last number. */
  readonly keptMs: number;
}

export interface KeyWindow {
  /** Compared with those of the same node, over all runs. */
  readonly key: string;
  readonly windowMs: number;
}

/**
 * Waiting in the middle of a flow, as long as it takes: the time limits of step and run stand still, the message is no longer the
 * broker's burden, and after a crash only the rest is waited.
 */
export interface WaitService {
  /** Rejects with the reason of the step's signal. */
  wait(request: WaitRequest): Promise<WaitOutcome>;
  /** The list, in the order in which its messages came, for the one that carries it on; null for the others. */
  gather(request: GatherRequest): Promise<readonly JsonValue[] | null>;
  /** due: those with lower numbers have gone on, or were waited for long enough. skipped: one with this or a higher number was before. */
  takeTurn(request: TurnRequest): Promise<WaitOutcome>;
  /** Whether no other step had this key within the window; a further attempt of the same step is no other. */
  claim(window: KeyWindow): boolean;
}

/** What a node may reach; nothing else is there. */
export interface Services {
  readonly platform: PlatformCalls;
  readonly reply: ReplyService;
  readonly http: HttpService;
  readonly scripts: ScriptService;
  readonly waits: WaitService;
  readonly files: FileService;
  readonly folders: FolderService;
}
