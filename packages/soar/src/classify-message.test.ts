import { expect, test } from 'vitest';
import { classifyMessage, findFunctionName } from './classify-message.ts';

const asFunction = { function: { name: 'fn' } };
const payload = (kind: string) => ({ Co3MessagePayload: kind });

test.each([
  ['connector-subscription', 'inbound_destinations.201.q', payload('ConnectorSubscriptionUpdateDTO'), asFunction],
  ['inbound', '/queue/inbound_destinations.201.q', payload('RestAPIExecutionEventDTO'), asFunction],
  ['connector', 'connectors.201.q', payload('RestAPIExecutionEventDTO'), asFunction],
  ['function', 'actions.201.q', payload('ActionDataDTO'), asFunction],
  ['function', 'actions.201.q', {}, asFunction],
  ['action', 'actions.201.q', payload('ActionDataDTO'), { function: null, action_id: 1 }],
  ['action', 'actions.201.q', payload('ActionDataDTO'), { function: {}, action_id: 1 }],
  ['action', 'actions.201.q', payload('ActionDataDTO'), {}],
] as const)('[V8] %s: %s %o', (kind, destination, headers, body) => {
  expect(classifyMessage({ destination, headers, body })).toBe(kind);
});

test('[V8] the function of a call is found by its name', () => {
  expect([asFunction, { function: 'fn' }, { function: { name: '' } }, {}].map(findFunctionName)).toEqual([
    'fn',
    undefined,
    undefined,
    undefined,
  ]);
});
