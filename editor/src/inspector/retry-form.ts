import { checkConfig, parseFlowChange, type RetryPolicy } from '@wirebook/flow';
import type { ConfigField } from '@wirebook/node-kit';
import { findNumberFault } from './number-fault.ts';

/** A retry policy as its form holds it: a list of codes is a choice of its own. Values may be out of bounds while they are typed. */
export type RetryForm = Readonly<Record<RetryField, unknown>>;
export type RetryField = 'times' | 'delayMs' | 'backoff' | 'maxDelayMs' | 'jitter' | 'on' | 'codes';

/** As the schema of the flow document bounds them. */
export const retryFields: Readonly<Record<RetryField, ConfigField>> = {
  times: { type: 'integer', title: 'Further tries', minimum: 1, maximum: 20, default: 3 },
  on: {
    type: 'string',
    enum: ['retryable', 'world', 'any', 'codes'],
    title: 'After',
    description: 'A write is tried again only when its error says that nothing was written.',
    default: 'retryable',
  },
  codes: {
    type: 'array',
    title: 'Codes',
    description: 'Such as HTTP_STATUS.',
    minItems: 1,
    maxItems: 100,
    items: { type: 'string', minLength: 1, maxLength: 100 },
  },
  delayMs: { type: 'integer', title: 'First wait', 'x-editor': 'duration', minimum: 0, maximum: 3_600_000, default: 1000 },
  backoff: { type: 'string', enum: ['fixed', 'exponential'], title: 'Further waits', default: 'exponential' },
  maxDelayMs: { type: 'integer', title: 'Longest wait', 'x-editor': 'duration', minimum: 0, maximum: 3_600_000, default: 60_000 },
  jitter: {
    type: 'number',
    title: 'Chance',
    description: 'The part of a wait that chance may take off, from 0 to 1.',
    minimum: 0,
    maximum: 1,
    default: 0.2,
  },
};

export const choiceLabels: Readonly<Record<string, string>> = {
  retryable: 'errors that may pass by themselves',
  world: 'every error of an outside system',
  any: 'every error',
  codes: 'errors with these codes',
  fixed: 'as long as the first',
  exponential: 'twice the wait before',
};

export function toRetryForm({ on, ...policy }: RetryPolicy): RetryForm {
  return typeof on === 'string' ? { ...policy, on, codes: [] } : { ...policy, on: 'codes', codes: on };
}

/** Why a value is not taken, as a sentence; undefined when it is. */
export function findRetryFault(form: RetryForm, key: RetryField): string | undefined {
  if (key === 'codes' && form.on !== 'codes') return undefined;
  if (retryFields[key]['x-editor'] === 'duration') return findNumberFault(retryFields[key], form[key]);
  const [problem] = checkConfig({ type: 'object', properties: { value: retryFields[key] } }, { value: form[key] });
  if (problem === undefined) return undefined;
  const text = problem.message.replace(/^field "[^"]*" /, '');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** The policy that the form says; undefined while a value is out of bounds. What is empty is the default. */
export function toRetryPolicy(form: RetryForm): RetryPolicy | undefined {
  const { codes, ...fields } = form;
  const filled = { ...form, ...dropEmpty(fields) };
  const keys = Object.keys(retryFields) as RetryField[];
  if (keys.some((key) => filled[key] !== undefined && findRetryFault(filled, key) !== undefined)) return undefined;
  const change = parseFlowChange({
    kind: 'node-guarded',
    nodeId: 'node',
    retry: { ...dropEmpty(fields), ...(form.on === 'codes' && { on: codes }) },
  });
  return change.kind === 'node-guarded' ? (change.retry ?? undefined) : undefined;
}

function dropEmpty(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
