import type { BrokerConnection, BrokerDelivery, SubscribeOptions } from '@wirebook/node-kit';
import { createFakeClock } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { createBrokerWatch } from './broker-watch.ts';

const delivery = { destination: 'actions.201.fn_main', messageId: 'm' } as BrokerDelivery;

function createBroker() {
  const subscribed: SubscribeOptions[] = [];
  const state: { openIn: number | null } = { openIn: 1 };
  const broker = {
    subscribe: async (options: SubscribeOptions) => {
      if (options.destination.endsWith('refused')) throw new Error('no right');
      subscribed.push(options);
      return {
        destination: options.destination,
        get openIn() {
          return state.openIn;
        },
        close: async () => undefined,
      };
    },
    settle: async () => undefined,
    transact: async () => undefined,
  } as unknown as BrokerConnection;
  return { broker, subscribed, state };
}

test('[M1] each destination tells whether it is subscribed, how much came and when the newest did', async () => {
  const clock = createFakeClock(5000);
  const { broker, subscribed, state } = createBroker();
  const watch = createBrokerWatch(broker, clock);
  const taken: BrokerDelivery[] = [];
  const options = { destination: 'actions.201.fn_main', prefetch: 1, subscriptionCount: 1, exclusive: true };
  const subscribing = watch.connection.subscribe({ ...options, onDelivery: (one) => taken.push(one) });
  expect(watch.listDestinations()).toEqual([{ name: 'fn_main', isSubscribed: false, receivedCount: 0, newestMessageAtMs: null }]);
  const subscription = await subscribing;
  await clock.advance(100);
  subscribed[0]?.onDelivery(delivery);
  expect(taken).toEqual([delivery]);
  expect(watch.listDestinations()).toEqual([{ name: 'fn_main', isSubscribed: true, receivedCount: 1, newestMessageAtMs: 5100 }]);
  state.openIn = null;
  expect(watch.listDestinations()).toMatchObject([{ isSubscribed: false }]);
  await subscription.close();
  expect(watch.listDestinations()).toEqual([]);
});

test('[M1] a destination that is refused is not waited for; settled messages are counted', async () => {
  const watch = createBrokerWatch(createBroker().broker, createFakeClock());
  const options = { destination: 'actions.201.refused', prefetch: 1, subscriptionCount: 1, exclusive: true };
  await expect(watch.connection.subscribe({ ...options, onDelivery: () => undefined })).rejects.toThrow('no right');
  expect(watch.listDestinations()).toEqual([]);
  await watch.connection.settle([delivery]);
  await watch.connection.transact({ sends: [], settles: [delivery, delivery] });
  expect(watch.settledCount).toBe(3);
});
