import { refusal } from './rest-refusal.ts';
import type { Condition, ConditionSet } from './rule.ts';

/**
 * Whether a set of conditions holds; an empty one always does.
 *
 * @param test whether one condition holds.
 * @throws WirebookError SIMULATOR_REST_REFUSED (400) for an advanced expression that cannot be read.
 */
export function conditionSetHolds(set: ConditionSet, test: (condition: Condition) => boolean): boolean {
  if (set.conditions.length === 0) return true;
  if (set.logic === 'any') return set.conditions.some(test);
  if (set.logic === 'all' || set.customCondition === null) return set.conditions.every(test);
  return evaluate(set.customCondition, (number) => {
    const condition = set.conditions.find((candidate, index) => (candidate.evaluationId ?? index + 1) === number);
    if (condition === undefined)
      throw refusal(400, `The expression "${set.customCondition}" names condition ${number}, which does not exist.`);
    return test(condition);
  });
}

/** Reads `(1 OR 2) AND 3`; AND binds tighter than OR. Every condition is tested, so that a wrong number is always found. */
function evaluate(expression: string, test: (number: number) => boolean): boolean {
  const tokens = expression.match(/\d+|AND|OR|[()]|\S+/gi) ?? [];
  let position = 0;
  const unreadable = () => refusal(400, `The expression "${expression}" cannot be read at its word ${position + 1}.`);
  const isNext = (word: string) => tokens[position]?.toUpperCase() === word;

  function readOr(): boolean {
    let value = readAnd();
    while (isNext('OR')) {
      position += 1;
      const right = readAnd();
      value = value || right;
    }
    return value;
  }
  function readAnd(): boolean {
    let value = readOperand();
    while (isNext('AND')) {
      position += 1;
      const right = readOperand();
      value = value && right;
    }
    return value;
  }
  function readOperand(): boolean {
    const token = tokens[position];
    if (token === '(') {
      position += 1;
      const value = readOr();
      if (!isNext(')')) throw unreadable();
      position += 1;
      return value;
    }
    if (token === undefined || !/^\d+$/.test(token)) throw unreadable();
    position += 1;
    return test(Number(token));
  }

  const value = readOr();
  if (position < tokens.length) throw unreadable();
  return value;
}
