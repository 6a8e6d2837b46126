import { type ErrorCode, WirebookError } from '@wirebook/errors';

/** Something in a flow that a person should look at; an error keeps the flow from running, a warning does not. */
export interface FlowProblem {
  readonly code: ErrorCode;
  readonly severity: 'error' | 'warning';
  /** Says where, what, and what instead; complete without the fields below. */
  readonly message: string;
  readonly nodeId?: string;
  /** `n1.out -> n2.in` */
  readonly wire?: string;
  /** Path of a config field, e.g. `cases[2].when`; without a node a field of the flow, e.g. `settings.orderBy`. */
  readonly field?: string;
}

/** A message lists no more problems than this; their number is always told. */
const maxListed = 20;

/** One error for a list of problems: the code of the first, the texts of all, their number under `problems`. */
export function toFlowError(problems: readonly FlowProblem[]): WirebookError {
  const [first, ...others] = problems;
  if (first === undefined) return new WirebookError('ENGINE_INVARIANT_BROKEN', 'an error was made from an empty list of flow problems');
  const listed = others.slice(0, maxListed - 1).map((problem) => `\n- ${problem.message}`);
  const unlisted = others.length - listed.length;
  const more = others.length === 0 ? '' : `\n${others.length} more:${listed.join('')}${unlisted > 0 ? `\n- and ${unlisted} others` : ''}`;
  return new WirebookError(first.code, `${first.message}${more}`, undefined, { problems: problems.length });
}
