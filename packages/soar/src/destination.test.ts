import { expect, test } from 'vitest';
import { getQueueName, parseDestination } from './destination.ts';

test('[V1] kind, organisation and name are read with and without a prefix', () => {
  const expected = { kind: 'actions', orgId: 201, name: 'fn_main' };
  expect(['actions.201.fn_main', '/queue/actions.201.fn_main', '/topic/actions.201.fn_main'].map(parseDestination)).toEqual([
    expected,
    expected,
    expected,
  ]);
});

test('[V1] a name may contain dots, the organisation may be a star, the kind may be unknown', () => {
  expect(parseDestination('/queue/connectors.202.my.new.queue')).toEqual({ kind: 'connectors', orgId: 202, name: 'my.new.queue' });
  expect(parseDestination('actions.*.x')).toEqual({ kind: 'actions', orgId: null, name: 'x' });
  expect(parseDestination('elsewhere.1.x')).toEqual({ kind: 'other', orgId: 1, name: 'x' });
  expect(parseDestination('inbound_destinations.201.q')?.kind).toBe('inbound_destinations');
  expect(parseDestination('/queue/acks.201.q')?.kind).toBe('acks');
});

test('[V1] what is not of three parts is unknown', () => {
  expect(['', 'actions', 'actions.201', 'actions.201.', '.201.x', '/queue/', 'actions..x'].map(parseDestination)).toEqual(
    Array.from({ length: 7 }, () => undefined),
  );
});

test('[V1] queue names are compared without /queue/, topics keep their prefix', () => {
  expect(['/queue/a.1.b', 'a.1.b', '/topic/a.1.b'].map(getQueueName)).toEqual(['a.1.b', 'a.1.b', '/topic/a.1.b']);
});
