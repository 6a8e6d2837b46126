import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FlowDocument } from '@wirebook/flow';
import type { AppStore } from '@wirebook/store';
import type { FlowBook } from './flow-book.ts';

const doneFact = 'samples-imported';
/** Who is said to have made what nobody made. */
const importer = 'Wirebook';

/** Puts the sample flows on record as deployed, once in the life of a data folder: whoever deletes them is rid of them. True at that one time. */
export async function importSamples(options: {
  readonly store: AppStore;
  readonly flows: FlowBook;
  readonly folder: string;
  readonly readFlow: (path: string) => Promise<FlowDocument>;
}): Promise<boolean> {
  const { store, flows, folder } = options;
  if (store.findFact(doneFact) !== undefined) return false;
  const names = (await readdir(folder)).filter((name) => name.endsWith('.flow.json')).sort();
  const documents = await Promise.all(names.map((name) => options.readFlow(join(folder, name))));
  store.transaction(() => {
    for (const document of documents) {
      const { flowId, hash, document: stored } = flows.create({ name: document.name, document }, importer);
      const { number } = store.versions.add({ flowId, hash, document: JSON.stringify(stored), note: 'Sample', createdBy: importer });
      store.deployments.begin({ flowId, version: number, by: importer });
    }
    store.setFact(doneFact, 'yes');
  });
  return true;
}
