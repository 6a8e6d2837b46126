import {
  type ErrorDetails,
  fromErrorRecord,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  toErrorRecord,
  WirebookError,
} from '@wirebook/errors';
import type { NodeDescriptor, SideEffect } from '@wirebook/node-kit';
import type { StepRecord } from './ports/ledger.ts';

/** One output of a step. */
export interface Emission {
  readonly port: string;
  readonly message: JsonValue;
}

/** How a step ended: with these outputs, or with an error. */
export type StepEnd = readonly Emission[] | WirebookError;

/** What is known of a step from earlier attempts; its end is null when it is not known. */
export interface RememberedStep {
  readonly end: StepEnd | null;
  /** It failed for certain, and another try follows. */
  readonly isTriedAgain: boolean;
  /** When it was first intended, and what was kept with that. */
  readonly intendedAtMs: number | null;
  readonly intentJson: string | null;
}

export interface StepMemory {
  find(stepKey: string): RememberedStep | undefined;
  hasStatus(statusKey: string): boolean;
}

export const emptyStepMemory: StepMemory = { find: () => undefined, hasStatus: () => false };

export function createStepMemory(saved: { readonly steps: readonly StepRecord[]; readonly statusKeys: readonly string[] }): StepMemory {
  const steps = new Map(
    saved.steps.map(({ stepKey, emissionsJson, intendedAtMs, intentJson }) => [
      stepKey,
      { ...(emissionsJson === null ? openEnd : parseStepEnd(emissionsJson)), intendedAtMs, intentJson },
    ]),
  );
  const statusKeys = new Set(saved.statusKeys);
  return { find: (stepKey) => steps.get(stepKey), hasStatus: (statusKey) => statusKeys.has(statusKey) };
}

/** Names a try of a step; the first one is named as the step. */
export function toTryKey(stepKey: string, tryNumber: number): string {
  return tryNumber === 1 ? stepKey : `${stepKey}~${tryNumber}`;
}

/** @param isTriedAgain it ended with an error, and another try follows. */
export function serializeStepEnd(end: StepEnd, isTriedAgain = false): string {
  if (!(end instanceof WirebookError)) return JSON.stringify(end);
  return JSON.stringify({ error: toErrorRecord(end), ...(isTriedAgain && { isTriedAgain }) });
}

type RememberedEnd = Pick<RememberedStep, 'end' | 'isTriedAgain'>;

const openEnd: RememberedEnd = { end: null, isTriedAgain: false };

function parseStepEnd(json: string): RememberedEnd {
  const parsed: unknown = JSON.parse(json);
  if (isJsonObject(parsed) && isJsonObject(parsed.error)) {
    const { code, message, details } = parsed.error;
    const end = fromErrorRecord({ code: String(code), message: String(message), ...(isDetails(details) && { details }) });
    return { end, isTriedAgain: parsed.isTriedAgain === true };
  }
  if (!Array.isArray(parsed)) throw new WirebookError('ENGINE_INVARIANT_BROKEN', 'the ledger holds step outputs that are no list');
  const end = parsed.map((item: unknown) => {
    if (!isJsonObject(item) || typeof item.port !== 'string')
      throw new WirebookError('ENGINE_INVARIANT_BROKEN', 'the ledger holds a step output without a port');
    return { port: item.port, message: item.message ?? null };
  });
  return { end, isTriedAgain: false };
}

function isDetails(value: unknown): value is ErrorDetails {
  return isJsonObject(value) && Object.values(value).every((item) => item === null || typeof item !== 'object');
}

export type StepMemoryKind = 'none' | 'repeatable' | 'once' | 'checked';

/**
 * none: a repetition does no harm, nothing is recorded. repeatable: recorded, and repeated when its end is not known. once: recorded,
 * and never repeated when its end is not known. checked: as once, but the node finds out what became of it. Reply nodes are not
 * recorded here: replies have their own record in the ledger.
 */
export function stepMemoryKind(descriptor: NodeDescriptor, config: JsonObject): StepMemoryKind {
  if (descriptor.category === 'replies') return 'none';
  const sideEffect = findSideEffect(descriptor, config);
  switch (sideEffect) {
    case 'none':
    case 'read':
      return 'none';
    case 'idempotent-write':
      return 'repeatable';
    case 'write':
    case 'notify':
      return findFixedValue(descriptor, config, descriptor.whenInDoubt?.byConfig) === 'check' ? 'checked' : 'once';
    default:
      return sideEffect satisfies never;
  }
}

function findSideEffect(descriptor: NodeDescriptor, config: JsonObject): SideEffect {
  const { sideEffect, sideEffectByConfig } = descriptor;
  if (sideEffectByConfig === undefined) return sideEffect;
  const { field, values } = sideEffectByConfig;
  const value = findFixedValue(descriptor, config, field);
  return typeof value === 'string' && Object.hasOwn(values, value) ? (values[value] ?? sideEffect) : sideEffect;
}

/** The value of a config field that takes no expression, or its default. */
function findFixedValue({ config: schema }: NodeDescriptor, config: JsonObject, field: string | undefined): unknown {
  return field === undefined ? undefined : (config[field] ?? schema.properties?.[field]?.default);
}
