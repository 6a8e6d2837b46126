/** Names of the platform's object types by their id. Data tables have ids from 1001 on and are named by the organisation. */
export const objectTypes = {
  0: 'incident',
  1: 'task',
  2: 'note',
  3: 'milestone',
  4: 'artifact',
  5: 'attachment',
  6: 'actioninvocation',
  7: 'organization',
  8: 'datatable',
  9: '__layout',
  10: '__messagedestination',
  11: '__function',
  12: '__workspace',
  13: '__emailmessage',
} as const;

export type ObjectTypeName = (typeof objectTypes)[keyof typeof objectTypes];

/** The lowest id that an organisation gives to a data table. */
export const firstDataTableTypeId = 1001;

/** The name of an object type; `datatable` for every table; undefined for an id of no meaning here. */
export function findObjectTypeName(typeId: number): ObjectTypeName | undefined {
  if (typeId >= firstDataTableTypeId) return 'datatable';
  return isObjectTypeId(typeId) ? objectTypes[typeId] : undefined;
}

function isObjectTypeId(typeId: number): typeId is keyof typeof objectTypes {
  return Object.hasOwn(objectTypes, typeId);
}
