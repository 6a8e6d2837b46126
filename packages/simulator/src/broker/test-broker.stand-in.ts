import { systemClock } from '../system-clock.ts';
import { type BrokerPrincipal, createStompBroker, type StompBroker, type StompBrokerOptions } from './stomp-broker.ts';

const passcodes: Readonly<Record<string, string>> = { alice: 'alicepw', bob: 'bobpw', carol: 'pass\\word' };

/** A broker for tests: alice may use queues under `A.` and their dead letters, bob those under `B.`. */
export function openTestBroker(options: Partial<StompBrokerOptions<BrokerPrincipal>> = {}): Promise<StompBroker> {
  return createStompBroker<BrokerPrincipal>({
    port: 0,
    clock: systemClock,
    bootId: 'test1',
    authenticate: (login, passcode) => (Object.hasOwn(passcodes, login) && passcodes[login] === passcode ? { name: login } : undefined),
    authorize: ({ principal, destination }) => destination.replace(/^(DLQ\.)+/, '').startsWith(principal.name === 'bob' ? 'B.' : 'A.'),
    onProblem(error) {
      throw error;
    },
    ...options,
  });
}
