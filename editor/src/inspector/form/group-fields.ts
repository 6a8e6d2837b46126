import type { ConfigField } from '@wirebook/node-kit';

/** A run of fields: those without a group first, then the groups in the order in which their first field comes. */
export interface FieldGroup {
  readonly title: string | null;
  readonly names: readonly string[];
}

export function groupFields(properties: Readonly<Record<string, ConfigField>>, names: readonly string[]): readonly FieldGroup[] {
  const groups = new Map<string | null, string[]>([[null, []]]);
  for (const name of names) {
    const title = (Object.hasOwn(properties, name) ? properties[name]?.['x-group'] : undefined) ?? null;
    const group = groups.get(title) ?? [];
    groups.set(title, group);
    group.push(name);
  }
  return [...groups].filter(([, found]) => found.length > 0).map(([title, found]) => ({ title, names: found }));
}
