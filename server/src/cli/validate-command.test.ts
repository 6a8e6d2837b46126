import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runValidateCommand } from './validate-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirebook-validate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface NodeText {
  readonly id: string;
  readonly type: string;
  readonly config: Record<string, unknown>;
}

async function validate(file: string) {
  const lines: string[] = [];
  const exitCode = await runValidateCommand([file], {
    environment: { variables: {}, workingDir: folder, homeDir: folder },
    print: (line) => lines.push(line),
    complain: (line) => lines.push(line),
    signal: new AbortController().signal,
  });
  return { exitCode, text: lines.join('\n') };
}

/** The nodes in a row behind a function, a result at the end. */
function validateChain(nodes: readonly NodeText[]) {
  const all = [
    { id: 'source', type: 'soar.function', config: { function: 'look_up' } },
    ...nodes,
    { id: 'result', type: 'soar.result', config: {} },
  ];
  const file = join(folder, 'chain.flow.json');
  const flow = {
    format: 1,
    id: 'chain',
    name: 'Chain',
    nodes: all.map((node) => ({ name: node.id, typeVersion: 1, ...node })),
    wires: all.slice(1).map(({ id }, index) => ({ from: `${all[index]?.id}.out`, to: `${id}.in` })),
  };
  writeFileSync(file, JSON.stringify(flow));
  return validate(file);
}

test('[V1] each node with an expression that cannot run is named with its field', async () => {
  const { exitCode, text } = await validateChain([
    { id: 'broken', type: 'soar.status', config: { text: { $expr: '1 + (' } } },
    { id: 'lost', type: 'soar.status', config: { text: { $template: 'from {{ $steps.nobody }}' } } },
  ]);
  expect(exitCode).toBe(4);
  expect(text).toMatch(/error: node "broken": field "text".*\[FLOW_EXPRESSION_INVALID\]/);
  expect(text).toMatch(/error: node "lost": field "text".*nobody.*\[FLOW_EXPRESSION_NOT_ANCESTOR\]/);
  expect(text).not.toContain('valid (');
});

test('[V1] expressions that compile pass, and secrets and variables need not be there', async () => {
  const call = {
    id: 'call',
    type: 'web.http',
    config: {
      url: { $secret: 'hook' },
      headers: { Authorization: { $env: 'TOKEN' } },
    },
  };
  const { exitCode, text } = await validateChain([
    call,
    { id: 'tell', type: 'soar.status', config: { text: { $expr: '$steps.call.status & $inputs.x' } } },
  ]);
  expect(text).toContain('valid (4 nodes, 3 wires)');
  expect(exitCode).toBe(0);
});

test('[V2] a file that is not there is told apart from one that is no JSON', async () => {
  const missing = await validate(join(folder, 'nowhere.flow.json'));
  expect(missing).toMatchObject({ exitCode: 4, text: expect.stringContaining('FLOW_FILE_UNREADABLE') });
  expect(missing.text).toContain('nowhere.flow.json');
  const torn = join(folder, 'torn.flow.json');
  writeFileSync(torn, '{"format": 1,');
  expect(await validate(torn)).toMatchObject({ exitCode: 4, text: expect.stringContaining('FLOW_JSON_INVALID') });
});
