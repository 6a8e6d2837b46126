import type { JsonObject } from '../json-value.ts';
import type { HandleFormat } from '../platform/handle-format.ts';
import { findTypeById, type Organisation } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import { type Rule, toViewItemDto } from '../platform/rule.ts';
import { idParam, type OrgRoute, ok } from './rest-route.ts';

/** `/actions`: the rules. */
export const actionRoutes: readonly OrgRoute[] = [
  {
    method: 'get',
    path: '/actions',
    handle: ({ org, format }) => ok({ entities: [...org.rules.values()].map((rule) => toRuleDto(org, rule, format)) }),
  },
  {
    method: 'get',
    path: '/actions/:action',
    handle(request) {
      const rule = request.org.rules.get(idParam(request, 'action'));
      if (rule === undefined) throw refusal(404, `Unable to find object with ID ${request.params.action}.`);
      return ok(toRuleDto(request.org, rule, request.format));
    },
  },
];

function toRuleDto(org: Organisation, rule: Rule, format: HandleFormat): JsonObject {
  const isIds = format === 'ids';
  return {
    id: rule.id,
    name: rule.name,
    uuid: rule.uuid,
    export_key: rule.name,
    enabled: rule.enabled,
    tags: [],
    type: rule.kind === 'automatic' ? 0 : 1,
    object_type: isIds ? rule.objectTypeId : (findTypeById(org, rule.objectTypeId)?.name ?? null),
    logic_type: rule.conditions.logic,
    custom_condition: rule.conditions.customCondition,
    conditions: rule.conditions.conditions.map((condition) => ({
      field_name: condition.fieldName,
      method: condition.method,
      value: condition.value,
      type: null,
      evaluation_id: condition.evaluationId,
    })),
    message_destinations: isIds
      ? [...rule.destinationIds]
      : rule.destinationIds.map((id) => org.destinations.get(id)?.programmaticName ?? null),
    workflows: isIds ? [...rule.workflowIds] : rule.workflowIds.map((id) => org.workflows.get(id)?.programmaticName ?? null),
    automations: [],
    view_items: rule.viewItems.map(toViewItemDto),
    timeout_seconds: rule.timeoutSeconds,
  };
}
