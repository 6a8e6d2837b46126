import { describe, expect, test } from 'vitest';
import { hasPath, listNames, readText } from './repository-files.ts';

const nodePackages = listNames('nodes', 'folders').map((name) => `nodes/${name}`);
const nodeFolders = nodePackages.flatMap((packageFolder) =>
  listNames(`${packageFolder}/src`, 'folders').map((kind) => ({ packageFolder, kind, folder: `${packageFolder}/src/${kind}` })),
);

for (const { packageFolder, kind, folder } of nodeFolders.filter(({ folder }) => hasPath(`${folder}/descriptor.ts`))) {
  describe(folder, () => {
    test('has the files that every node has', () => {
      const missing = ['execute.ts', 'help.md', `${kind}.test.ts`].filter((name) => !hasPath(`${folder}/${name}`));
      expect(missing).toEqual([]);
      expect(listExamples(folder), 'examples/*.flow.json').not.toEqual([]);
    });

    test('has a descriptor that is data: it imports only types, and fields that several nodes of its package share', () => {
      const imports = listValueImports(`${folder}/descriptor.ts`);
      const shared = imports.flatMap((line) => /from '\.\.\/([a-z-]+-config\.ts)';$/.exec(line)?.[1] ?? []);
      expect(imports).toHaveLength(shared.length);
      expect(shared.flatMap((name) => listValueImports(`${packageFolder}/src/${name}`))).toEqual([]);
    });

    test('is listed at both doors of its package', () => {
      expect(readText(`${packageFolder}/src/descriptors.ts`)).toContain(`'./${kind}/descriptor.ts'`);
      expect(readText(`${packageFolder}/src/runtime.ts`)).toContain(`'./${kind}/execute.ts'`);
    });

    test('has the type that its place says, and examples that use it', () => {
      const type = `${packageFolder.slice('nodes/'.length)}.${kind}`;
      expect(readText(`${folder}/descriptor.ts`)).toContain(`type: '${type}'`);
      const withoutIt = listExamples(folder).filter((name) => !nodeTypesOf(`${folder}/examples/${name}`).includes(type));
      expect(withoutIt).toEqual([]);
    });
  });
}

function listValueImports(path: string): readonly string[] {
  return readText(path)
    .split('\n')
    .filter((line) => /^\s*import\b|\bimport\(/.test(line) && !line.startsWith('import type '));
}

test('a folder with a part of a node has its descriptor', () => {
  const parts = ['execute.ts', 'help.md', 'examples', 'migrations.ts'];
  const headless = nodeFolders.filter(
    ({ folder }) => parts.some((name) => hasPath(`${folder}/${name}`)) && !hasPath(`${folder}/descriptor.ts`),
  );
  expect(headless.map(({ folder }) => folder)).toEqual([]);
});

function listExamples(folder: string): string[] {
  return listNames(`${folder}/examples`, 'files').filter((name) => name.endsWith('.flow.json'));
}

function nodeTypesOf(examplePath: string): unknown[] {
  const flow: { nodes?: { type?: unknown }[] } = JSON.parse(readText(examplePath));
  return (flow.nodes ?? []).map((node) => node.type);
}
