import type { LinkState } from '@wirebook/api';
import type { CompletionPolicy, EngineLog, FindPrintSwitch, Ledger, StepLine, TraceSink } from '@wirebook/engine';
import type { BrokerConnection, NodeRuntime } from '@wirebook/node-kit';
import type { FileConfig, RateLimit, WebserverConfig } from '@wirebook/package-kit';
import type { BrokerConnectionOptions, PlatformClientOptions } from '@wirebook/soar-client';
import type { PoisonLimits } from '@wirebook/store';
import type { CircuitNews, CircuitOptions } from '../outbound/host-circuits.ts';
import type { RunReportOptions } from './run-report.ts';

type Injected = 'clock' | 'random' | 'log' | 'signal';

export interface EngineHostOptions {
  readonly rest: Omit<PlatformClientOptions, Injected>;
  readonly broker: Omit<BrokerConnectionOptions, Injected>;
  /** Where the broker puts what it gave up on; null or absent: nobody looks. */
  readonly deadLetterQueue?: string | null;
  /** Full names of connector queues beside those that the platform names. */
  readonly connectorQueues?: readonly string[] | undefined;
  /** Full name of the queue on which the platform tells of connector queues that come and go. */
  readonly connectorUpdatesQueue?: string | undefined;
  /** Where webhooks and web forms are reached; without it no flow that begins with one can be deployed. */
  readonly webserver?: WebserverConfig | undefined;
  readonly completionPolicy: CompletionPolicy;
  /** When the poison tray holds more, its oldest messages go; 10,000 messages and 1 GB unless given. */
  readonly poisonLimits?: PoisonLimits | undefined;
  /** Bytes of waiting messages that stay in memory; 64 MiB unless given. */
  readonly heldMaxBytes?: number | undefined;
  readonly runLimit: number;
  /** An error that no node takes ends the action well, with results that tell it; false unless given. */
  readonly trapsErrors?: boolean;
  /** Of messages of one destination; as many as in all unless given. */
  readonly destinationRunLimit?: number | undefined;
  /** Messages that the ledger takes over at most; 100,000 unless given. */
  readonly takenOverLimit?: number | undefined;
  /** Messages in flight a subscription, and subscriptions a destination. */
  readonly prefetch: number;
  readonly subscriptionCount: number;
  /** The broker feeds one consumer of a destination: with one ledger behind it, each action gets exactly one completing reply. */
  readonly exclusive: boolean;
  /** Addresses that plain HTTP may reach beside the public ones. */
  readonly egressAllow: readonly string[];
  /** Files of runs and folders that flows may use; no folders unless given. */
  readonly files?: FileConfig | undefined;
  /** After 5 failed calls in a row a host gets none for 30 seconds, unless given. */
  readonly circuit?: CircuitOptions | undefined;
  /** Calls to other servers over all flows; not limited unless given. */
  readonly rateLimits?: readonly RateLimit[] | undefined;
  readonly secrets: (name: string) => string | undefined;
  /** What must never stand in a trace or in the log, beside what `secrets` and `env` hand out. */
  readonly secretValues: readonly string[];
  readonly env: (name: string) => string | undefined;
  readonly dataDir: string;
  readonly nodes: readonly NodeRuntime[];
  readonly log: EngineLog;
  /** Ends the waiting for a platform that does not answer. */
  readonly signal: AbortSignal;
  /** The process before this one ended by a signal that came from inside; false unless given. */
  readonly hasDiedNatively?: boolean;
  /** The process has to end. */
  readonly onFatal: (error: unknown) => void;
  /** Switches debug nodes on or off beside what their config says. */
  readonly findPrintSwitch?: FindPrintSwitch | undefined;
  /** Hears each line of a step at once, with the values as they are: secrets are still in them. */
  readonly onLine?: ((line: StepLine) => void) | undefined;
  /** Hears how the platform's two sides are reached, from the first try on. */
  readonly onLink?: ((side: 'rest' | 'broker', link: Omit<LinkState, 'sinceMs'>) => void) | undefined;
  /** Hears at once that the circuit of a host opened or closed. */
  readonly onCircuit?: ((news: CircuitNews) => void) | undefined;
  /** Keeps numbers for Prometheus; false unless given, for they cost a little at each step. */
  readonly isMeasured?: boolean;
  /** The environment that says where spans go; none go anywhere unless given. */
  readonly telemetryVariables?: Readonly<Record<string, string | undefined>> | undefined;
  /** For tests that put something between the engine and its edges. */
  readonly wrap?: EngineWrappers;
}

export interface EngineWrappers {
  readonly ledger?: (ledger: Ledger) => Ledger;
  readonly broker?: (broker: BrokerConnection) => BrokerConnection;
  readonly trace?: (trace: TraceSink, report: RunReportOptions) => TraceSink;
  /** False switches the look-up of redeliveries off. */
  readonly isLedgerConsulted?: boolean;
}
