import { expect, test } from 'vitest';
import { findTypeInfoField, getLabel } from './type-info.ts';

const typeInfo = {
  incident: {
    type_id: 0,
    fields: {
      severity_code: { id: 33, values: { '50': { value: 50, label: 'Low' }, '51': { value: 51, label: 'Medium' } } },
      plan_status: { id: 10, values: { A: { value: 'A', label: 'Active' } } },
    },
  },
  actioninvocation: { fields: { ticket_priority: { id: 240, values: { '63': { label: 'High' } } } } },
};
const severity = { typeInfo, typeName: 'incident', field: 'severity_code' };

test('[V10] a label is found by the id as number, as text and inside an object', () => {
  expect([50, '50', { id: 50 }].map((value) => getLabel({ ...severity, value }))).toEqual(['Low', 'Low', 'Low']);
  expect(getLabel({ typeInfo, typeName: 'incident', field: 'plan_status', value: 'A' })).toBe('Active');
});

test('[V10] activity fields are found with and without properties.', () => {
  const place = { typeInfo, typeName: 'actioninvocation', value: 63 };
  expect(getLabel({ ...place, field: 'ticket_priority' })).toBe('High');
  expect(getLabel({ ...place, field: 'properties.ticket_priority' })).toBe('High');
});

test('[V10] lists give lists, with null for what is unknown', () => {
  expect(getLabel({ ...severity, value: [51, 99, 50] })).toEqual(['Medium', null, 'Low']);
});

test('[V10] unknown values, fields, types and missing type_info have no label', () => {
  expect([99, null, true, undefined].map((value) => getLabel({ ...severity, value }))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(getLabel({ ...severity, field: 'nowhere', value: 50 })).toBeUndefined();
  expect(getLabel({ ...severity, typeName: 'constructor', value: 50 })).toBeUndefined();
  expect(getLabel({ ...severity, typeInfo: undefined, value: 50 })).toBeUndefined();
  expect(getLabel({ ...severity, value: 'constructor' })).toBeUndefined();
});

test('[V10] the entry of a field is found', () => {
  expect(findTypeInfoField({ typeInfo, typeName: 'incident', field: 'plan_status' })).toEqual(typeInfo.incident.fields.plan_status);
});
