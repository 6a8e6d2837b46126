import { afterAll, beforeAll, describe, test } from 'vitest';
import { casesFor, type FrameClient } from './client-limits.ts';
import { createFrameRunner, type FrameCredentials, type FrameRunner } from './frame-runner.ts';
import { createPythonWires } from './python-wire.ts';
import { createStompJsWires } from './stompjs-wire.ts';

/** A broker with two logins for the table; see FrameRunnerOptions for their rights. */
export interface FrameBroker {
  readonly host: string;
  readonly port: number;
  readonly caPem: string;
  readonly caFile: string;
  readonly member: FrameCredentials;
  readonly stranger: FrameCredentials;
  close(): Promise<void>;
}

/** Titles of cases that this broker does not keep; each stands in BROKER-DIFFERENCES.md of the simulator. */
export type FrameExceptions = ReadonlySet<string>;

/**
 * The table of frame cases against one broker over TLS, by every client, as tests.
 *
 * @param openBroker called once; the broker is closed after the last test.
 */
export function describeFrameTable(brokerName: string, openBroker: () => Promise<FrameBroker>, exceptions: FrameExceptions): void {
  describe(`the frame table on ${brokerName}`, () => {
    let broker: FrameBroker;

    beforeAll(async () => {
      broker = await openBroker();
    });
    afterAll(async () => {
      await broker?.close();
    });

    describeClient('raw socket', () => ({ runner: runnerOf('socket') }));
    describeClient('stompjs', () => {
      const { host, port, caPem } = broker;
      return { runner: runnerOf('stompjs', createStompJsWires({ host, port, ca: caPem })) };
    });
    describeClient('python3-stomp', () => {
      const { host, port, caFile } = broker;
      const python = createPythonWires({ host, port, caFile });
      return { runner: runnerOf('python', python), close: () => python.close() };
    });

    function runnerOf(runId: string, source?: Parameters<typeof createFrameRunner>[0]['source']): FrameRunner {
      return createFrameRunner({ ...broker, ca: broker.caPem, runId, source });
    }

    function describeClient(client: FrameClient, open: () => { readonly runner: FrameRunner; readonly close?: () => Promise<void> }): void {
      describe(`by ${client}`, () => {
        let opened: ReturnType<typeof open>;

        beforeAll(() => {
          opened = open();
        });
        afterAll(async () => {
          await opened?.close?.();
        });

        for (const frameCase of casesFor(client).filter(({ title }) => !exceptions.has(title))) {
          test.concurrent(frameCase.title, async () => {
            await opened.runner.play(frameCase);
          });
        }
      });
    }
  });
}
