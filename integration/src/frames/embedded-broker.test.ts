import { type Clock, createCertificateStore, createStompBroker, frameCases } from '@wirebook/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFrameRunner, type FrameRunner } from './frame-runner.ts';

const clock: Clock = {
  now: () => Date.now(),
  startTimer(delayMs, onTime) {
    const timer = setTimeout(onTime, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};
const member = { login: 'alice', passcode: 'alicepw' };
const stranger = { login: 'bob', passcode: 'bobpw' };
const opened: { close(): Promise<void> }[] = [];
let runner: FrameRunner;

beforeAll(async () => {
  const certificates = await createCertificateStore({ clock });
  const broker = await createStompBroker({
    port: 0,
    clock,
    bootId: 'frames',
    certificates,
    authenticate: (login, passcode) =>
      [member, stranger].some((each) => each.login === login && each.passcode === passcode) ? { name: login } : undefined,
    authorize: ({ principal, destination }) =>
      destination.replace(/^(DLQ\.)+/, '').startsWith(principal.name === member.login ? 'A.' : 'B.'),
    onProblem: (error) => expect.fail(error.message),
  });
  opened.push(certificates, broker);
  runner = createFrameRunner({ host: '127.0.0.1', port: broker.port, ca: certificates.caPem, member, stranger, runId: 'embedded' });
});

afterAll(async () => {
  for (const each of opened.reverse()) await each.close();
});

for (const frameCase of frameCases) {
  test(`embedded broker, raw socket over TLS: ${frameCase.title}`, async () => {
    await runner.play(frameCase);
  });
}
