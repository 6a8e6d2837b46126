import { readFile } from 'node:fs/promises';
import { WirebookError } from '@wirebook/errors';
import { type FlowDocument, lintFlow, parseFlow } from '@wirebook/flow';
import { nodeCatalogue } from '../node-catalogue.ts';
import { checkExpressions } from './check-expressions.ts';
import type { CommandIo } from './command-io.ts';
import { describeError, exitCodes } from './exit-codes.ts';

/** Reads a flow file. */
export async function readFlowFile(path: string): Promise<FlowDocument> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    throw new WirebookError(
      'FLOW_FILE_UNREADABLE',
      `${path}: the file cannot be read (${thrown instanceof Error ? thrown.message : String(thrown)})`,
      thrown,
    );
  }
  try {
    return parseFlow(text);
  } catch (thrown) {
    if (thrown instanceof WirebookError) throw new WirebookError(thrown.code, `${path}: ${thrown.message}`, thrown, thrown.details);
    throw thrown;
  }
}

/** `wirebook validate FILE…`: 0 when every flow can run, 4 when one cannot. Warnings are told and change nothing. */
export async function runValidateCommand(files: readonly string[], io: CommandIo): Promise<number> {
  let exitCode: number = exitCodes.ok;
  for (const file of files) {
    const problems = await checkFile(file, io);
    if (problems > 0) exitCode = exitCodes.flow;
  }
  return exitCode;
}

/** Gives the number of errors. */
async function checkFile(file: string, io: CommandIo): Promise<number> {
  let flow: FlowDocument;
  try {
    flow = await readFlowFile(file);
  } catch (thrown) {
    io.complain(describeError(thrown));
    return 1;
  }
  const problems = [...lintFlow(flow, nodeCatalogue), ...checkExpressions(flow)];
  const errors = problems.filter((problem) => problem.severity === 'error');
  for (const problem of problems) io.complain(`${file}: ${problem.severity}: ${problem.message} [${problem.code}]`);
  if (errors.length === 0) io.print(`${file}: valid (${flow.nodes.length} nodes, ${flow.wires.length} wires)`);
  return errors.length;
}
