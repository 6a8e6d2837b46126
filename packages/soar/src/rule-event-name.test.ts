import { expect, test } from 'vitest';
import { toRuleEventName } from './rule-event-name.ts';

test.each([
  ['Lookup Model', 'lookup_model'],
  ['  Create -- Ticket!  ', 'create_ticket_'],
  ['already_fine_2', 'already_fine_2'],
  ['Störung Größe', 'störung_größe'],
  ['規則 一', '規則_一'],
  ['½ done', '½_done'],
  ['a\u0301b', 'a_b'],
])('[V11] the rule %s has the event name %s', (ruleName, eventName) => {
  expect(toRuleEventName(ruleName)).toBe(eventName);
});
