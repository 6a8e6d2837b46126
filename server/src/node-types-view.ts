import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NodeTypesView, NodeTypeView } from '@wirebook/api';
import type { FlowDocumentInput } from '@wirebook/flow';
import { parseFlow } from '@wirebook/flow';
import { builtInNodes } from './node-types.ts';

const { resolve } = createRequire(import.meta.url);
/** Built files, beside which the build puts help pages and examples. */
const doors: Readonly<Record<string, string>> = {
  core: '@wirebook/nodes-core/runtime',
  script: '@wirebook/nodes-script/runtime',
  soar: '@wirebook/nodes-soar/runtime',
  web: '@wirebook/nodes-web/runtime',
};

/** Every node type with its help page and its examples, as the packages of the nodes hold them. */
export async function readNodeTypes(): Promise<NodeTypesView> {
  return {
    nodeTypes: await Promise.all(
      builtInNodes.map(async ({ descriptor }): Promise<NodeTypeView> => {
        const [family = '', kind = ''] = descriptor.type.split('.');
        const folder = join(dirname(resolve(doors[family] ?? '')), kind);
        return {
          descriptor,
          help: await readFile(join(folder, 'help.md'), 'utf8'),
          examples: await readExamples(join(folder, 'examples')),
        };
      }),
    ),
  };
}

async function readExamples(folder: string): Promise<FlowDocumentInput[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.flow.json')).sort();
  return Promise.all(names.map(async (name) => parseFlow(await readFile(join(folder, name), 'utf8'))));
}
