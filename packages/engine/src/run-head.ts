import type { Trigger } from '@wirebook/node-kit';
import type { RunHead } from '@wirebook/trace';
import type { CompiledFlow } from './compiled-flow.ts';
import { parseOwnDestination } from './own-trigger.ts';
import type { LedgerEntry } from './ports/ledger.ts';
import type { DecodedTrigger, RawTrigger } from './read-trigger.ts';

export interface RunHeadOptions {
  readonly entry: LedgerEntry;
  readonly raw: RawTrigger;
  readonly flow: CompiledFlow;
  readonly trigger: Trigger;
  readonly decoded: DecodedTrigger;
  readonly startedAtMs: number;
}

/** What started a run of our own is known by the name of its node. */
function findOwnName({ destination }: RawTrigger, flow: CompiledFlow): string | null {
  const own = parseOwnDestination(destination);
  return own === undefined ? null : (flow.nodes.get(own.nodeId)?.name ?? null);
}

/** The row of a run in the list of runs. */
export function toRunHead({ entry, raw, flow, trigger, decoded, startedAtMs }: RunHeadOptions): RunHead {
  return {
    runId: entry.runId,
    flowId: flow.id,
    flowName: flow.name,
    flowVersion: flow.version,
    triggerKind: trigger.kind,
    destination: raw.destination,
    messageId: raw.messageId,
    correlationId: decoded.replyAddress?.correlationId ?? null,
    triggerName: trigger.functionName ?? trigger.ruleName ?? findOwnName(raw, flow),
    incidentId: decoded.incidentId,
    startedAtMs,
  };
}
