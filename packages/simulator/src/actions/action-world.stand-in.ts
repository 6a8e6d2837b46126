import { demoOrgId, simulatorCredentials } from '../credentials.ts';
import { createAccounts, fillPlatform } from '../demo/simulated-organisations.ts';
import { createSeededIds } from '../ids.ts';
import { createManualClock, type ManualClock } from '../manual-clock.stand-in.ts';
import { applyContent } from '../platform/apply-content.ts';
import type { OrganisationContent } from '../platform/content.ts';
import { createCounters } from '../platform/counters.ts';
import type { WritePlace } from '../platform/incident-writes.ts';
import type { Incident, Organisation } from '../platform/organisation.ts';
import { createPlatform, getOrganisation, type Platform } from '../platform/platform.ts';
import { createRecordingBroker, type RecordingBroker } from '../recording-broker.stand-in.ts';
import { type ActionModule, createActionModule } from './action-module.ts';
import { createInvocationLog, type InvocationLog } from './invocation-log.ts';

/** A platform with its action module, without any server. */
export interface ActionWorld {
  readonly platform: Platform;
  readonly org: Organisation;
  readonly incident: Incident;
  readonly broker: RecordingBroker;
  readonly clock: ManualClock;
  readonly actions: ActionModule;
  readonly log: InvocationLog;
  /** A write of the first user, with the rule that is skipped. */
  place(skippedRuleId?: number | null): WritePlace;
  ruleId(name: string): number;
  /** Lets promises that are ready go on. */
  settle(): Promise<void>;
}

export const worldStartMs = Date.UTC(2026, 4, 4, 9, 30);

export async function createActionWorld(
  settings: { content?: OrganisationContent; expectAckTimeoutMs?: number; rememberedInvocations?: number } = {},
): Promise<ActionWorld> {
  const clock = createManualClock(worldStartMs);
  const platform = createPlatform({ clock, ids: createSeededIds('world'), counters: createCounters() });
  const broker = createRecordingBroker();
  const { expectAckTimeoutMs, rememberedInvocations } = settings;
  const actions = createActionModule({
    platform,
    broker,
    tokens: createSeededIds('tokens'),
    firstInvocationId: 390,
    expectAckTimeoutMs,
    rememberedInvocations,
  });
  const consumed: Promise<void>[] = [];
  platform.onDestination = (org, queue) => void consumed.push(actions.consumeReplies(org.id, queue));
  fillPlatform(platform, createAccounts(simulatorCredentials('world')), 'world');
  const org = getOrganisation(platform, demoOrgId);
  if (settings.content !== undefined) applyContent(platform, org, settings.content);
  await Promise.all(consumed);
  platform.onChange = (change) => actions.takeChange(change);
  const [incident] = org.incidents.values();
  const [user] = org.users.values();
  if (incident === undefined || user === undefined) throw new Error('the demonstration organisation has incidents and users');
  return {
    platform,
    org,
    incident,
    broker,
    clock,
    actions,
    log: createInvocationLog(actions),
    place: (skippedRuleId = null) => ({ platform, org, actor: { principal: { kind: 'user', user }, skippedRuleId } }),
    ruleId(name) {
      const rule = [...org.rules.values()].find((candidate) => candidate.name === name);
      if (rule === undefined) throw new Error(`there is no rule ${name}`);
      return rule.id;
    },
    settle: () => new Promise((resolve) => setImmediate(resolve)),
  };
}
