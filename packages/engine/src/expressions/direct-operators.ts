import type { JsonValue } from '@wirebook/errors';
import { bailed, type DirectEvaluator, type DirectResult } from './direct-result.ts';
import { isEqual, isTruthy, toText } from './native-values.ts';

type BinaryOperator = (left: JsonValue | undefined, right: JsonValue | undefined) => DirectResult;

/** @returns undefined for an operator that only the interpreter has. */
export function applyOperator(name: string, left: DirectEvaluator, right: DirectEvaluator): DirectEvaluator | undefined {
  if (name === 'and' || name === 'or') return applyLogic(name, left, right);
  const operator = operators[name];
  if (operator === undefined) return undefined;
  return (scope) => {
    const leftValue = left(scope);
    if (leftValue === bailed) return bailed;
    const rightValue = right(scope);
    return rightValue === bailed ? bailed : operator(leftValue, rightValue);
  };
}

function applyLogic(name: 'and' | 'or', left: DirectEvaluator, right: DirectEvaluator): DirectEvaluator {
  const decidesEarly = name === 'or';
  return (scope) => {
    const leftValue = left(scope);
    if (leftValue === bailed) return bailed;
    if (isTruthy(leftValue) === decidesEarly) return decidesEarly;
    const rightValue = right(scope);
    return rightValue === bailed ? bailed : isTruthy(rightValue);
  };
}

const operators: Record<string, BinaryOperator | undefined> = {
  '&': (left, right) => toText(left) + toText(right),
  '=': (left, right) => (left === undefined || right === undefined ? false : (isEqual(left, right) ?? bailed)),
  '!=': (left, right) => {
    if (left === undefined || right === undefined) return false;
    const equal = isEqual(left, right);
    return equal === undefined ? bailed : !equal;
  },
  '<': (left, right) => compare(left, right, (order) => order < 0),
  '<=': (left, right) => compare(left, right, (order) => order <= 0),
  '>': (left, right) => compare(left, right, (order) => order > 0),
  '>=': (left, right) => compare(left, right, (order) => order >= 0),
  '+': (left, right) => calculate(left, right, (a, b) => a + b),
  '-': (left, right) => calculate(left, right, (a, b) => a - b),
  '*': (left, right) => calculate(left, right, (a, b) => a * b),
  '/': (left, right) => calculate(left, right, (a, b) => a / b),
  '%': (left, right) => calculate(left, right, (a, b) => a % b),
  in: (left, right) => {
    if (left === undefined || right === undefined) return false;
    return Array.isArray(right) ? right.includes(left) : left === right;
  },
};

function compare(left: JsonValue | undefined, right: JsonValue | undefined, decide: (order: number) => boolean): DirectResult {
  const isNumbers = typeof left === 'number' && typeof right === 'number';
  const isTexts = typeof left === 'string' && typeof right === 'string';
  if (!isNumbers && !isTexts) return bailed;
  return decide(left < right ? -1 : left > right ? 1 : 0);
}

/** What is no number, or not finite afterwards, is an error that the interpreter words. */
function calculate(left: JsonValue | undefined, right: JsonValue | undefined, operate: (a: number, b: number) => number): DirectResult {
  if (typeof left !== 'number' || typeof right !== 'number') return bailed;
  const result = operate(left, right);
  return Number.isFinite(result) ? result : bailed;
}
