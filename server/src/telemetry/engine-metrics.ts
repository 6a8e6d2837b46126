import type { OutboundHealth } from '@wirebook/api';
import type { EngineStatus, Ledger, TraceSink } from '@wirebook/engine';
import type { Clock } from '@wirebook/node-kit';
import type { TraceCounts } from '@wirebook/store';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { BrokerWatch } from './broker-watch.ts';
import { createRunMetrics } from './run-metrics.ts';

/** What is read when somebody asks. */
interface MeasuredEngine {
  readonly status: EngineStatus;
  readonly outbound: OutboundHealth;
  readonly traces: TraceCounts;
  readonly droppedSpans: number;
}

export interface EngineMetricsOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Beginning of every address of the platform. */
  readonly platformOrigin: string;
  readonly broker: Pick<BrokerWatch, 'listDestinations' | 'settledCount'>;
}

/** Measures an engine from outside: each part is put between it and one of its edges. */
export interface EngineMetrics {
  watchLedger(ledger: Ledger): Ledger;
  watchTrace(sink: TraceSink): TraceSink;
  /** In the text format of Prometheus. */
  toText(read: MeasuredEngine): Promise<string>;
}

export function createEngineMetrics({ clock, platformOrigin, broker }: EngineMetricsOptions): EngineMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const runs = createRunMetrics({ registry, platformOrigin });
  const redelivered = new Counter({
    name: 'wirebook_messages_redelivered_total',
    help: 'Deliveries of messages that the ledger knew.',
    registers,
  });
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name, help, labelNames: [...labelNames], registers });
  /** Counted elsewhere since the process started, and only told here. */
  const told = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });
  const received = told('wirebook_messages_received_total', 'Deliveries from the broker.', ['destination']);
  const newest = gauge('wirebook_newest_message_age_seconds', 'Age of the newest message of a destination.', ['destination']);
  const subscribed = gauge('wirebook_subscription_open', '1 while the subscription of a destination is confirmed.', ['destination']);
  const settled = told('wirebook_messages_settled_total', 'Messages whose ACK was handed to the broker.');
  const queues = gauge('wirebook_queue_size', 'What waits in the engine.', ['queue']);
  const circuitOpen = gauge('wirebook_circuit_open', '1 while a host gets no calls of flows, for it failed too often.', ['host']);
  const refused = told('wirebook_http_refused_total', 'HTTP calls of flows that were not made.', ['reason']);
  const dropped = told('wirebook_dropped_total', 'What was dropped because a bound was reached.', ['what']);
  const oldest = gauge(
    'wirebook_oldest_open_message_age_seconds',
    'Age of the oldest message that is not settled and done; 0 without one.',
  );
  const secondMs = 1000;

  return {
    watchLedger: (ledger) => ({
      ...ledger,
      receive: (messages) => {
        const entries = ledger.receive(messages);
        const count = entries.filter(({ deliveries }) => deliveries > 1).length;
        if (count > 0) redelivered.inc(count);
        return entries;
      },
    }),
    watchTrace: (sink) => runs.watch(sink),
    toText: async ({ status, outbound, traces, droppedSpans }) => {
      for (const counter of [received, settled, dropped, refused]) counter.reset();
      circuitOpen.reset();
      for (const { host } of outbound.circuits) circuitOpen.set({ host }, 1);
      refused.inc({ reason: 'circuit_open' }, outbound.refusedByCircuit);
      refused.inc({ reason: 'queue_full' }, outbound.refusedByQueue);
      for (const { name: destination, isSubscribed, receivedCount, newestMessageAtMs } of broker.listDestinations()) {
        received.inc({ destination }, receivedCount);
        subscribed.set({ destination }, isSubscribed ? 1 : 0);
        if (newestMessageAtMs !== null) newest.set({ destination }, (clock.now() - newestMessageAtMs) / secondMs);
      }
      settled.inc(broker.settledCount);
      const { ledger } = status;
      for (const [queue, size] of Object.entries({
        runs_active: status.runsActive,
        runs_waiting: status.runsWaiting,
        messages_in_hand: status.messagesInHand,
        completions: status.completionsUnderWay,
        ledger_open: ledger.open,
        ledger_in_doubt: ledger.inDoubt,
        ledger_taken_over: ledger.takenOver,
        poison: ledger.poison,
        trace_parts: traces.pendingParts,
        trace_unindexed: traces.unindexedParts,
        http_rate_limited: outbound.rateWaiting,
        http_connections: outbound.connectionWaiting,
        platform_calls: outbound.platformWaiting,
        scripts: outbound.scriptsQueued,
        scripts_held: outbound.scriptsHeld,
        steps_waiting: outbound.stepsWaiting,
      }))
        queues.set({ queue }, size);
      const { drops } = traces;
      for (const [what, count] of Object.entries({
        poison: ledger.poisonDropped,
        trace_values: drops.payloads,
        trace_runs_succeeded: drops.succeededRuns,
        trace_runs_unfinished: drops.unfinishedRuns,
        trace_runs_failed: drops.failedRuns,
        trace_parts_unwritable: traces.unwritableParts,
        spans: droppedSpans,
      }))
        dropped.inc({ what }, count);
      oldest.set(ledger.oldestOpenAtMs === null ? 0 : (clock.now() - ledger.oldestOpenAtMs) / secondMs);
      return await registry.metrics();
    },
  };
}
