import { type Clock, createCertificateStore, createStompBroker, type StompBroker } from '@wirebook/simulator';
import type { FrameBroker } from './frame-table.ts';

const clock: Clock = {
  now: () => Date.now(),
  startTimer(delayMs, onTime) {
    const timer = setTimeout(onTime, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};

export interface EmbeddedFrameBroker extends FrameBroker {
  readonly broker: StompBroker;
}

export async function openEmbeddedFrameBroker(): Promise<EmbeddedFrameBroker> {
  const member = { login: 'alice', passcode: 'alicepw' };
  const stranger = { login: 'bob', passcode: 'bobpw' };
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
    onProblem: (error) => {
      throw error;
    },
  });
  return {
    broker,
    host: '127.0.0.1',
    port: broker.port,
    caPem: certificates.caPem,
    caFile: certificates.caFile,
    member,
    stranger,
    async close() {
      await broker.close();
      await certificates.close();
    },
  };
}
