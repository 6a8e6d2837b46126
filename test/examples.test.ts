import { expect, test } from 'vitest';
import { descriptors as core } from '../nodes/core/src/descriptors.ts';
import { descriptors as script } from '../nodes/script/src/descriptors.ts';
import { descriptors as soar } from '../nodes/soar/src/descriptors.ts';
import { descriptors as web } from '../nodes/web/src/descriptors.ts';
import { compileConfig } from '../packages/engine/src/index.ts';
import { parseFlow } from '../packages/flow/src/index.ts';
import { checkExamples, createFakeClock } from '../packages/testkit/src/index.ts';
import { readText } from './repository-files.ts';

const descriptors = [...core, ...soar, ...web, ...script];
const examples = ['core', 'soar', 'web', 'script'].flatMap((name) =>
  checkExamples(new URL(`../nodes/${name}/src/`, import.meta.url), descriptors).map(({ path, problems }) => ({
    path: `nodes/${name}/src/${path}`,
    problems,
  })),
);

test('every example can be deployed with the nodes of all packages, without a warning', () => {
  expect(examples.filter(({ problems }) => problems.length > 0)).toEqual([]);
});

test.each(examples)('every expression of $path compiles', ({ path }) => {
  const flow = parseFlow(readText(path));
  for (const node of flow.nodes) {
    const schema = descriptors.find(({ type }) => type === node.type)?.config;
    if (schema === undefined) throw new Error(`${path}: node type ${node.type} is in no package`);
    compileConfig({
      config: JSON.parse(JSON.stringify(node.config)),
      schema,
      nodeName: node.name,
      ancestors: new Set(),
      secrets: () => undefined,
      env: () => undefined,
      clock: createFakeClock(),
      random: () => 0,
    });
  }
});

test('no two examples have the same id, so that they can be loaded together', () => {
  const ids = examples.map(({ path }) => parseFlow(readText(path)).id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});
