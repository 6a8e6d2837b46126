import { WirebookError } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import { listColumns, toTablePath } from '../encode-cells.ts';
import type { soarTableDelete } from './descriptor.ts';

export const executeTableDelete: Execute<typeof soarTableDelete> = async ({ config, message, services, log, emit }) => {
  // A wrong table would answer as a row that is gone does.
  await listColumns(services.platform, config.table);
  try {
    await services.platform.request({ method: 'DELETE', path: `${toTablePath(config)}/row_data/${config.rowId}` });
  } catch (thrown) {
    const isGone = thrown instanceof WirebookError && thrown.code === 'SOAR_NOT_FOUND';
    if (!isGone || config.whenGone === 'fail') throw thrown;
    log.info(`row ${config.rowId} of table "${config.table}" is not there, so nothing was deleted`);
  }
  emit('out', message);
};
