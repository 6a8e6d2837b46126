import type { FieldDefinition, FunctionDefinition, PlatformAccount, PlatformCatalogue } from '@wirebook/node-kit';

/** Definitions that the catalogue answers with. */
export interface CatalogueContent {
  readonly orgId?: number;
  readonly address?: string;
  /** Not known when absent. */
  readonly account?: PlatformAccount;
  /** Fields by type name, e.g. `incident` or the API name of a table. */
  readonly fields?: Readonly<Record<string, readonly FieldDefinition[]>>;
  readonly functions?: readonly FunctionDefinition[];
  /** Rule names by id. */
  readonly rules?: ReadonlyMap<number, string>;
  readonly connectorQueues?: readonly string[];
}

export function createFakeCatalogue(content: CatalogueContent): PlatformCatalogue {
  const fields = new Map(Object.entries(content.fields ?? {}));
  return {
    orgId: content.orgId ?? 201,
    address: content.address ?? 'https://soar.example.com',
    account: content.account ?? null,
    listFields: async (typeName) => fields.get(typeName),
    findFunction: async (name) => content.functions?.find((definition) => definition.name === name),
    findRuleName: async (actionId) => content.rules?.get(actionId),
    listConnectorQueues: async () => content.connectorQueues ?? [],
    refresh: () => undefined,
  };
}

/** What a test says about a field; the rest is filled in. */
export interface FieldDraft {
  readonly name: string;
  readonly inputType: string;
  readonly id?: number;
  readonly label?: string;
  readonly prefix?: string | null;
  readonly required?: 'always' | 'close' | null;
  readonly values?: FieldDefinition['values'];
}

export function createField(draft: FieldDraft): FieldDefinition {
  return { id: 100, label: draft.name, prefix: null, required: null, values: [], ...draft };
}

/** Select values from labels; the first has the number given, the next ones count on. */
export function createSelectValues(firstValue: number, labels: readonly string[]): FieldDefinition['values'] {
  return labels.map((label, index) => ({ value: firstValue + index, label, enabled: true }));
}
