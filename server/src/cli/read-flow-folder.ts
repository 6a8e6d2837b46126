import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { WirebookError } from '@wirebook/errors';
import type { FlowDocument } from '@wirebook/flow';
import type { AppConfig } from '@wirebook/package-kit';
import type { CommandIo } from './command-io.ts';
import { readFlowFile } from './validate-command.ts';

/**
 * The flows (`*.flow.json`) of the folder `componentsdir`, by the names of their files, without those that `noload` names.
 *
 * @throws CONFIG_OPTION_INVALID when the folder cannot be read, FLOW_*
 */
export async function readFlowFolder({ connection }: AppConfig, { environment }: CommandIo): Promise<FlowDocument[]> {
  const { componentsDir, noLoad } = connection;
  if (componentsDir === null) return [];
  const folder = componentsDir.startsWith('~/')
    ? join(environment.homeDir, componentsDir.slice(2))
    : resolve(environment.workingDir, componentsDir);
  const files = await listFlowFiles(folder);
  const flows = await Promise.all(files.map((file) => readFlowFile(join(folder, file))));
  return flows.filter((flow, index) => ![flow.id, flow.name, files[index]].some((name) => name !== undefined && noLoad.includes(name)));
}

async function listFlowFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.flow.json')).sort();
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new WirebookError(
      'CONFIG_OPTION_INVALID',
      `[resilient] componentsdir: ${folder} cannot be read (${reason}); allowed is a folder of *.flow.json files`,
      thrown,
      { section: 'resilient', option: 'componentsdir', path: folder },
    );
  }
}
