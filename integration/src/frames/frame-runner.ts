import { type FrameCase, type FrameWireSource, frameCases, runFrameCase } from '@wirebook/simulator';
import { createSocketWires } from './socket-wire.ts';

export interface FrameCredentials {
  readonly login: string;
  readonly passcode: string;
}

export interface FrameRunnerOptions {
  readonly host: string;
  readonly port: number;
  /** CA certificate in PEM; absent for plain TCP. */
  readonly ca?: string | undefined;
  /** May read and write every queue under `A.` and `DLQ.A.`. */
  readonly member: FrameCredentials;
  /** May read and write queues under `B.` only. */
  readonly stranger: FrameCredentials;
  /** Makes queue names of this run unlike those of any other. */
  readonly runId: string;
  /** Another client than a raw socket. */
  readonly source?: FrameWireSource | undefined;
}

export interface FrameRunner {
  /** @throws Error that names the step and shows what came instead. */
  play(frameCase: FrameCase): Promise<void>;
}

/** Plays the table of frame cases against a broker, over a raw TLS socket unless another client is given. */
export function createFrameRunner(options: FrameRunnerOptions): FrameRunner {
  const source = options.source ?? createSocketWires(options);
  return {
    async play(frameCase) {
      const number = frameCases.indexOf(frameCase) + 1;
      await runFrameCase(frameCase, {
        source,
        member: options.member,
        stranger: options.stranger,
        queue: `A.${options.runId}.${number}`,
        foreign: `B.${options.runId}.${number}`,
        timeoutMs: 5000,
        quietMs: 300,
      });
    },
  };
}
