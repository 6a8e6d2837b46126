import { WirebookError } from '@wirebook/errors';
import type { Trigger } from '@wirebook/node-kit';
import type { CompiledFlow, CompiledSource, Route } from './compiled-flow.ts';

export interface RouteMatch {
  readonly flow: CompiledFlow;
  readonly source: CompiledSource;
}

/** Which deployed flow takes which message. */
export interface Router {
  find(trigger: Trigger): RouteMatch | undefined;
  /** Whether a source of this destination asks for rules by name. */
  hasRuleFilter(destination: string): boolean;
  /** The source as it is deployed now. */
  findSource(flowId: string, nodeId: string): RouteMatch | undefined;
  /** Every destination that a source listens to. */
  listDestinations(): readonly string[];
}

/**
 * @throws FLOW_NODE_CONFIG_INVALID when two sources claim the same function or rule.
 */
export function createRouter(flows: readonly CompiledFlow[]): Router {
  const byFunction = new Map<string, RouteMatch>();
  const byRule = new Map<string, RouteMatch>();
  const byDestination = new Map<string, RouteMatch>();
  const destinations = new Set<string>();

  function claim(table: Map<string, RouteMatch>, key: string, match: RouteMatch, what: string): void {
    const other = table.get(key);
    if (other !== undefined) {
      throw new WirebookError(
        'FLOW_NODE_CONFIG_INVALID',
        `${what} is claimed twice: by node "${other.source.node.name}" of flow "${other.flow.name}" and by node "${match.source.node.name}" of flow "${match.flow.name}"; deploy one of them`,
      );
    }
    table.set(key, match);
  }

  for (const flow of flows) {
    for (const source of flow.sources) {
      const match = { flow, source };
      destinations.add(source.route.destination);
      addRoute(source.route, match);
    }
  }

  function addRoute(route: Route, match: RouteMatch): void {
    if (route.kind === 'function') claim(byFunction, route.functionName, match, `function "${route.functionName}"`);
    else if (route.ruleNames.length === 0) claim(byDestination, route.destination, match, `destination "${route.destination}" (all rules)`);
    else
      for (const rule of route.ruleNames)
        claim(byRule, toRuleKey(route.destination, rule), match, `rule "${rule}" on destination "${route.destination}"`);
  }

  return {
    find: (trigger) => {
      if (trigger.functionName !== null) return byFunction.get(trigger.functionName);
      const named = trigger.ruleName === null ? undefined : byRule.get(toRuleKey(trigger.destination, trigger.ruleName));
      return named ?? byDestination.get(trigger.destination);
    },
    hasRuleFilter: (destination) =>
      flows.some(({ sources }) =>
        sources.some(({ route }) => route.kind === 'action' && route.destination === destination && route.ruleNames.length > 0),
      ),
    findSource: (flowId, nodeId) => {
      const flow = flows.find(({ id }) => id === flowId);
      const source = flow?.sources.find(({ node }) => node.id === nodeId);
      return flow === undefined || source === undefined ? undefined : { flow, source };
    },
    listDestinations: () => [...destinations],
  };
}

function toRuleKey(destination: string, rule: string): string {
  return JSON.stringify([destination, rule]);
}
