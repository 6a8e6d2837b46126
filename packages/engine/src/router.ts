import { WirebookError } from '@wirebook/errors';
import type { Trigger } from '@wirebook/node-kit';
import type { CompiledFlow, CompiledSource, Route } from './compiled-flow.ts';
import { type OwnSource, toOwnDestination } from './own-trigger.ts';
import type { WebSource } from './ports/web-sources.ts';

export interface RouteMatch {
  readonly flow: CompiledFlow;
  readonly source: CompiledSource;
}

export interface WantedQueues {
  /** Programmatic names of message destinations. */
  readonly actions: readonly string[];
  readonly inbound: readonly string[];
  /** Full names. */
  readonly connectors: readonly string[];
  /** Beside them every connector queue that the platform names. */
  readonly takesAnyConnector: boolean;
}

/** Which deployed flow takes which message. */
export interface Router {
  find(trigger: Trigger): RouteMatch | undefined;
  /** Whether a source of this destination asks for rules by name. */
  hasRuleFilter(destination: string): boolean;
  /** The source as it is deployed now. */
  findSource(flowId: string, nodeId: string): RouteMatch | undefined;
  listWebSources(): readonly WebSource[];
  /** What of the platform's queues the sources listen to. */
  listQueues(): WantedQueues;
}

/**
 * @throws FLOW_NODE_CONFIG_INVALID when two sources claim the same function, rule or queue.
 */
export function createRouter(flows: readonly CompiledFlow[]): Router {
  const byFunction = new Map<string, RouteMatch>();
  const byRule = new Map<string, RouteMatch>();
  const byDestination = new Map<string, RouteMatch>();
  const byInbound = new Map<string, RouteMatch>();
  /** The one of null takes those that nobody names. */
  const byConnector = new Map<string | null, RouteMatch>();
  const byOwn = new Map<string, RouteMatch>();
  const byPath = new Map<string, RouteMatch>();
  const webSources: WebSource[] = [];
  const actions = new Set<string>();

  function claim<Key>(table: Map<Key, RouteMatch>, key: Key, match: RouteMatch, what: string): void {
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
      addRoute(source.route, match);
    }
  }

  function addRoute(route: Route, match: RouteMatch): void {
    switch (route.kind) {
      case 'function':
        actions.add(route.destination);
        claim(byFunction, route.functionName, match, `function "${route.functionName}"`);
        break;
      case 'action':
        actions.add(route.destination);
        addRules(route, match);
        break;
      case 'inbound':
        claim(byInbound, route.destination, match, `inbound destination "${route.destination}"`);
        break;
      case 'connector':
        claim(byConnector, route.queue, match, route.queue === null ? 'every connector queue' : `connector queue "${route.queue}"`);
        break;
      case 'own':
        addOwn(route.source, match);
        break;
      default:
        route satisfies never;
    }
  }

  function addOwn(source: OwnSource, match: RouteMatch): void {
    const { node } = match.source;
    const { kind } = source;
    byOwn.set(toOwnDestination(source), match);
    if (kind !== 'webhook' && kind !== 'form') return;
    const config = node.config.fixed ?? {};
    claim(byPath, String(config.path), match, `the address /${String(config.path)}`);
    webSources.push({ ...source, kind, flowName: match.flow.name, nodeName: node.name, config });
  }

  function addRules({ destination, ruleNames }: Extract<Route, { kind: 'action' }>, match: RouteMatch): void {
    if (ruleNames.length === 0) claim(byDestination, destination, match, `destination "${destination}" (all rules)`);
    for (const rule of ruleNames) claim(byRule, toRuleKey(destination, rule), match, `rule "${rule}" on destination "${destination}"`);
  }

  function findAction({ ruleName, destination }: Trigger): RouteMatch | undefined {
    const named = ruleName === null ? undefined : byRule.get(toRuleKey(destination, ruleName));
    return named ?? byDestination.get(destination);
  }

  return {
    find: (trigger) => {
      switch (trigger.kind) {
        case 'function':
          return byFunction.get(trigger.functionName ?? '');
        case 'action':
          return findAction(trigger);
        case 'inbound':
          return byInbound.get(trigger.destination);
        case 'connector':
          return byConnector.get(trigger.destination) ?? byConnector.get(null);
        default:
          return byOwn.get(trigger.destination);
      }
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
    listWebSources: () => webSources,
    listQueues: () => ({
      actions: [...actions],
      inbound: [...byInbound.keys()],
      connectors: [...byConnector.keys()].filter((queue) => queue !== null),
      takesAnyConnector: byConnector.has(null),
    }),
  };
}

function toRuleKey(destination: string, rule: string): string {
  return JSON.stringify([destination, rule]);
}
