import type { JsonValue } from '@wirebook/errors';
import type { Clock } from '@wirebook/node-kit';
import type jsonata from 'jsonata';
import { type ExpressionFacts, keyCheckName } from './analyse-expression.ts';
import type { ExpressionScope } from './compiled-config.ts';
import { nativeFunctions } from './native-functions.ts';
import { forbiddenKeys, toPlainJson } from './plain-json.ts';
import { findSelectLabel } from './select-label.ts';

/** Bindings of one evaluation that no expression can name: a blank is no part of a variable's name. */
export const scopeBinding = ' scope';
export const startBinding = ' startMs';

export interface OwnFunctionOptions {
  readonly facts: ExpressionFacts;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Adds `$now`, `$millis`, `$random`, `$shuffle` and `$label` as far as the expression uses them, and the check of computed keys. */
export function registerOwnFunctions(expression: jsonata.Expression, { facts, clock, random }: OwnFunctionOptions): void {
  const { uses } = facts;
  const startMs = (focus: jsonata.Focus): number => Number(focus.environment.lookup(startBinding) ?? clock.now());

  if (uses.has('millis')) {
    expression.registerFunction(
      'millis',
      function () {
        return startMs(this);
      },
      '<:n>',
    );
  }
  if (uses.has('now')) {
    expression.registerFunction(
      'now',
      function (picture: unknown, timezone: unknown) {
        return nativeFunctions.get('fromMillis')?.implementation.call(this, startMs(this), picture, timezone);
      },
      '<s?s?:s>',
    );
  }
  if (uses.has('random')) expression.registerFunction('random', () => random(), '<:n>');
  if (uses.has('shuffle')) expression.registerFunction('shuffle', (list: unknown) => shuffle(list, random), '<a:a>');
  if (uses.has('label')) {
    expression.registerFunction(
      'label',
      function (field: unknown, value: unknown) {
        const scope: ExpressionScope | undefined = this.environment.lookup(scopeBinding);
        if (scope === undefined || typeof field !== 'string') return undefined;
        return findSelectLabel(scope.trigger, field, toPlainJson(value));
      },
      '<sx?:x>',
    );
  }
  if (uses.has(keyCheckName)) {
    expression.registerFunction(keyCheckName, (key: unknown) => {
      if (typeof key === 'string' && (forbiddenKeys.has(key) || (facts.hasFunctionValues && key === 'then'))) {
        throw { code: 'KEY', message: `the key "${key}" is refused`, stack: '' };
      }
      return key;
    });
  }
}

function shuffle(list: unknown, random: () => number): unknown {
  if (!Array.isArray(list)) return list;
  const shuffled: JsonValue[] = [...list];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const held = shuffled[last];
    const taken = shuffled[other];
    if (held !== undefined && taken !== undefined) {
      shuffled[last] = taken;
      shuffled[other] = held;
    }
  }
  return shuffled;
}
