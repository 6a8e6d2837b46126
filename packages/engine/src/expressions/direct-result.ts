import type { JsonValue } from '@wirebook/errors';
import type { ExpressionScope } from './compiled-config.ts';

/** The message needs the interpreter: a list on the way, a value that it would refuse, anything out of the ordinary. */
export const bailed = Symbol('bailed');

export type DirectResult = JsonValue | undefined | typeof bailed;
export type DirectEvaluator = (scope: ExpressionScope) => DirectResult;
