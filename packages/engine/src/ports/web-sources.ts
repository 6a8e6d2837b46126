import type { JsonObject } from '@wirebook/errors';
import type { WebResponse } from '@wirebook/node-kit';
import type { RunOutcome } from '@wirebook/trace';

/** A source of a deployed flow that HTTP requests start. */
export interface WebSource {
  readonly kind: 'webhook' | 'form';
  readonly flowId: string;
  readonly flowName: string;
  readonly nodeId: string;
  readonly nodeName: string;
  /** Of the node, with defaults. */
  readonly config: JsonObject;
}

/** Whoever listens for HTTP requests on behalf of sources. */
export interface WebSources {
  /**
   * Makes ready for these sources, before anything of the deploy has changed.
   *
   * @throws SERVER_PORT_IN_USE, SERVER_ADDRESS_UNUSABLE, CONFIG_*, FLOW_NODE_CONFIG_INVALID
   */
  prepare(sources: readonly WebSource[]): Promise<void>;
  /** From now on these are deployed, and no others. */
  set(sources: readonly WebSource[]): void;
  /** Answers the request that started a run; false: nobody waits for it. */
  respond(runId: string, response: WebResponse): boolean;
  /** A run that no message of the platform started has ended, for good. */
  noteOver(runId: string, outcome: RunOutcome): void;
}
