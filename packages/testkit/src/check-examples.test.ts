import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { checkExamples } from './check-examples.ts';

test('[K11] each example below the folder is named with its problems', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-examples-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'a/examples'), { recursive: true });
  const node = { id: 'n1', type: 'other.node', typeVersion: 1, name: 'n', config: {} };
  const flow = { format: 1, id: 'f', name: 'F', nodes: [node], wires: [{ from: 'n1.out', to: 'n2.in' }] };
  writeFileSync(join(folder, 'a/examples/broken.flow.json'), '{"format": 1,');
  writeFileSync(join(folder, 'a/examples/dangling.flow.json'), JSON.stringify(flow));
  writeFileSync(join(folder, 'a/examples/readme.json'), '{');
  const checked = checkExamples(pathToFileURL(`${folder}/`), []);
  expect(checked.map(({ path }) => path)).toEqual(['a/examples/broken.flow.json', 'a/examples/dangling.flow.json']);
  expect(checked[0]?.problems).toEqual([expect.stringMatching(/^FLOW_JSON_INVALID line 1/)]);
  expect(checked[1]?.problems).toEqual(['FLOW_WIRE_DANGLING wire "n".out -> "n2".in: node "n2" does not exist']);
});
