import type { JsonObject } from '../json-value.ts';
import { holds } from '../platform/condition-method.ts';
import { conditionSetHolds } from '../platform/condition-set.ts';
import { findField, readField, toOptionValues } from '../platform/field-value.ts';
import { incidentTypeName } from '../platform/object-type.ts';
import { getType, type Incident, type Organisation } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import type { Condition, Rule } from '../platform/rule.ts';

/** What a rule's conditions are tested against. */
export interface ConditionScope {
  readonly org: Organisation;
  readonly incident: Incident;
  /** API name of the object's type. */
  readonly typeName: string;
  readonly after: JsonObject;
  /** Null for a new object; the same as `after` where nothing changes, as with a menu item. */
  readonly before: JsonObject | null;
  readonly nowMs: number;
}

export function ruleApplies(rule: Rule, scope: ConditionScope): boolean {
  return conditionSetHolds(rule.conditions, (condition) => conditionHolds(condition, scope));
}

function conditionHolds(condition: Condition, scope: ConditionScope): boolean {
  if (condition.method === 'object_added') return scope.before === null;
  const [typeName = '', ...rest] = (condition.fieldName ?? '').split('.');
  const isOwn = typeName === scope.typeName;
  if (!isOwn && typeName !== incidentTypeName) return false;
  const holder = isOwn ? scope.after : scope.incident.state;
  const earlier = isOwn ? scope.before : scope.incident.state;
  const field = findField(getType(scope.org, typeName).fields.values(), rest.join('.'));
  if (field === undefined) throw refusal(400, `A condition names the field ${condition.fieldName}, which does not exist.`);
  const verdict = holds(condition.method, {
    actual: readField(holder, field),
    previous: earlier === null ? undefined : readField(earlier, field),
    expected: toOptionValues(field, condition.value, scope.org.optionsOf),
    nowMs: scope.nowMs,
  });
  if (verdict === undefined) throw refusal(400, `The condition method ${condition.method} is not known.`);
  return verdict;
}
