import type { ActionObject } from '../actions/action-object.ts';
import { ruleApplies } from '../actions/rule-conditions.ts';
import type { Field } from '../platform/field.ts';
import { activityTypeName } from '../platform/object-type.ts';
import { getType, type Incident, type Organisation } from '../platform/organisation.ts';
import { findRefusal } from '../platform/rest-refusal.ts';
import type { Rule } from '../platform/rule.ts';
import type { DeskFormField, DeskMenuItem } from './analyst-view.ts';

export interface MenuPlace {
  readonly org: Organisation;
  readonly incident: Incident;
  readonly nowMs: number;
}

/** The menu rules that can be run on an object now. */
export function listMenuItems(place: MenuPlace, object: ActionObject): readonly DeskMenuItem[] {
  return [...place.org.rules.values()]
    .filter((rule) => rule.kind === 'menu' && rule.enabled && rule.objectTypeId === object.type.id && isOffered(rule, place, object))
    .map((rule) => ({ ruleId: rule.id, name: rule.name, form: toForm(place.org, rule) }));
}

/** A rule whose conditions cannot be read is offered too: running it says what is wrong with them. */
function isOffered(rule: Rule, { org, incident, nowMs }: MenuPlace, { type, kept }: ActionObject): boolean {
  try {
    return ruleApplies(rule, { org, incident, typeName: type.name, after: kept, before: kept, nowMs });
  } catch (thrown) {
    if (findRefusal(thrown) === undefined) throw thrown;
    return true;
  }
}

function toForm(org: Organisation, rule: Rule): DeskMenuItem['form'] {
  const fields = [...getType(org, activityTypeName).fields.values()];
  return rule.viewItems.flatMap((item): DeskMenuItem['form'] => {
    if (item.element === 'header') return [{ kind: 'header', text: item.content }];
    const field = fields.find(({ uuid }) => uuid === item.content);
    return field === undefined ? [] : [{ kind: 'field', field: toFormField(org, field) }];
  });
}

function toFormField(org: Organisation, field: Field): DeskFormField {
  const { id, name, text: label, prefix, inputType, required } = field;
  const values = org.optionsOf(field).map((option) => ({ value: option.value, label: option.label, isEnabled: option.enabled }));
  return { id, name, label, prefix, inputType, required, values };
}
