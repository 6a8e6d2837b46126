import type { JsonObject, JsonValue } from '@wirebook/errors';
import type { FlowSettings } from '@wirebook/flow';
import type { Clock, Trigger } from '@wirebook/node-kit';
import type { DefaultReplyPlan } from './default-reply.ts';
import { type CompiledExpression, compileExpression } from './expressions/expression.ts';

/**
 * at-end: a run that ends without a completing reply is answered with the default one. on-receipt: answered before the run begins.
 * by-node: a run that ends well without a completing reply is answered with an error.
 */
type CompletionTime = 'at-end' | 'on-receipt' | 'by-node';

/** How a message waits before its run begins. */
export interface SourceWait {
  /** defer: for a time. debounce: until no other of its key came for a time. throttle: until so much time passed since the one before. */
  readonly kind: 'defer' | 'debounce' | 'throttle';
  readonly waitMs: number;
  /** A random part of this comes on top, for `defer`. */
  readonly jitterMs: number;
  /** debounce: earlier ones of the key are skipped. throttle: what would have to wait is skipped. */
  readonly discard: boolean;
}

/** What a source does with a message before its run. */
export interface SourcePlan {
  readonly completion: CompletionTime;
  /** No reply is sent by itself. */
  readonly isSilent: boolean;
  /** Texts where no node completes. */
  readonly replies: Pick<DefaultReplyPlan, 'defaultReply' | 'errorReply'>;
  readonly wait: SourceWait | null;
  /** Of messages with the same key within this time only the first runs; 0: each runs. */
  readonly dedupeMs: number;
  /** The message is kept in the ledger before its run begins. */
  readonly takesOver: boolean;
  /** Without a promise when the message allows the direct way. @throws FLOW_EXPRESSION_FAILED */
  findKeys(trigger: Trigger, incidentId: number | null): SourceKeys | Promise<SourceKeys>;
}

export interface SourceKeys {
  /** Messages with the same one keep their order; null: this one keeps none. */
  readonly lane: string | null;
  readonly wait: string;
  readonly dedupe: string | null;
}

export interface SourcePlanOptions {
  /** Of the source node, with defaults. */
  readonly config: JsonObject;
  readonly nodeName: string;
  readonly settings: Required<FlowSettings>;
  readonly clock: Clock;
  /** 0 to below 1. */
  readonly random: () => number;
}

/** Of a message that nothing is done with before its run, as most are. */
const noKeys: SourceKeys = { lane: null, wait: '', dedupe: null };
const waitKinds = ['defer', 'debounce', 'throttle'] as const;
const completionTimes = ['at-end', 'on-receipt', 'by-node'] as const;

/** @throws FLOW_EXPRESSION_INVALID */
export function compileSourcePlan({ config, nodeName, settings, clock, random }: SourcePlanOptions): SourcePlan {
  const compile = (text: unknown, field: string): CompiledExpression | null =>
    typeof text !== 'string' || text.trim() === '' ? null : compileExpression({ text, place: field, ancestors: new Set(), clock, random });
  const place = (field: string) => `node "${nodeName}", field "${field}"`;
  const lane = compile(settings.orderBy, 'setting "orderBy"');
  const waitKey = compile(config.waitKey, place('waitKey'));
  const dedupeKey = compile(config.dedupeKey, place('dedupeKey'));
  const wait = readWait(config);
  const completion = completionTimes.find((time) => time === config.completion) ?? 'at-end';
  const dedupeMs = readNumber(config.dedupeMs);
  const isPlain = lane === null && waitKey === null && dedupeKey === null;
  const needsNone = isPlain && wait === null && dedupeMs === 0;

  return {
    completion,
    isSilent: config.fireAndForget === true,
    replies: { defaultReply: readText(config.defaultReply), errorReply: readText(config.errorReply) },
    wait,
    dedupeMs,
    takesOver: lane !== null || wait !== null || completion === 'on-receipt',
    findKeys: (trigger, incidentId) => {
      if (needsNone) return noKeys;
      // What the peer takes as the key of a debounce where none is given.
      const usual = `${trigger.functionName ?? trigger.ruleName ?? ''} for ${incidentId ?? ''}`;
      if (isPlain) return { lane: null, wait: usual, dedupe: usual };
      const scope = { message: trigger.kind === 'function' ? trigger.inputs : trigger.body, trigger, steps: () => undefined };
      const values = [lane, waitKey, dedupeKey].map((expression) => expression?.evaluate(scope));
      const toKeys = ([laneValue, waitValue, dedupeValue]: readonly (JsonValue | undefined)[]): SourceKeys => ({
        lane: toKey(laneValue),
        wait: waitKey === null ? usual : (toKey(waitValue) ?? ''),
        dedupe: dedupeKey === null ? usual : toKey(dedupeValue),
      });
      return values.some((value) => value instanceof Promise) ? Promise.all(values).then(toKeys) : toKeys(values as JsonValue[]);
    },
  };
}

function readWait(config: JsonObject): SourceWait | null {
  const kind = waitKinds.find((name) => name === config.wait);
  if (kind === undefined) return null;
  return { kind, waitMs: readNumber(config.waitMs), jitterMs: readNumber(config.waitJitterMs), discard: config.discard === true };
}

function readText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function readNumber(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function toKey(value: JsonValue | undefined): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
