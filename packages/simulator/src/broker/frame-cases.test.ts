import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runFrameCase } from './frame-case-runner.ts';
import { frameCases } from './frame-cases.ts';
import type { StompBroker } from './stomp-broker.ts';
import { openTestBroker } from './test-broker.stand-in.ts';
import { createTestWires } from './test-client.stand-in.ts';

let broker: StompBroker;

beforeAll(async () => {
  broker = await openTestBroker();
});

afterAll(async () => {
  await broker.close();
});

describe('[B1] the embedded broker does what ActiveMQ does', () => {
  for (const [index, frameCase] of frameCases.entries()) {
    test.concurrent(`[B1] ${frameCase.title}`, async () => {
      await runFrameCase(frameCase, {
        source: createTestWires(broker.port),
        member: { login: 'alice', passcode: 'alicepw' },
        stranger: { login: 'bob', passcode: 'bobpw' },
        queue: `A.q${index}`,
        foreign: `B.q${index}`,
        timeoutMs: 20_000,
        quietMs: 80,
      });
    });
  }
});

test('[B1] the table of frame cases is plain data', () => {
  expect(JSON.parse(JSON.stringify(frameCases))).toEqual(frameCases);
});
