import type { Execute } from '@wirebook/node-kit';
import { writeRow } from '../write-row.ts';
import type { soarTableRow } from './descriptor.ts';

export const executeTableRow: Execute<typeof soarTableRow> = async ({ config, services, log, emit }) => {
  const { row, wasWritten } = await writeRow(services.platform, config);
  if (!wasWritten) log.info(`the row of table "${config.table}" has these values already, so nothing was written`);
  emit('out', row);
};
