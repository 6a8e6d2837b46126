import { isJsonObject, type JsonObject, type JsonValue, toWirebookError, WirebookError } from '@wirebook/errors';
import { type ConfigOf, describeValue, type Execute, type PlatformCalls } from '@wirebook/node-kit';
import { listColumns } from '../encode-cells.ts';
import { writeRow } from '../write-row.ts';
import type { soarTableRows } from './descriptor.ts';

type RowsConfig = ConfigOf<typeof soarTableRows>;

export const executeTableRows: Execute<typeof soarTableRows> = async ({ config, services, signal, log, emit }) => {
  await listColumns(services.platform, config.table);
  const results: JsonObject[] = [];
  let firstError: WirebookError | null = null;
  // One after the other: rows of one call may have the same key, and the platform takes writes of one incident one at a time.
  for (const [index, row] of config.rows.entries()) {
    try {
      results.push({ index, ...(await writeOne(services.platform, config, row)) });
    } catch (thrown) {
      // A step that ends has no results; what the other rows met with would be lost in them.
      signal.throwIfAborted();
      const error = toWirebookError(thrown, 'NODE_UNEXPECTED');
      firstError ??= error;
      results.push({ index, status: 'failed', error: { code: error.code, message: error.message } });
      log.warn(`row ${index}: ${error.message}`);
    }
  }
  const failed = results.filter(({ status }) => status === 'failed').length;
  if (firstError !== null && failed === results.length) {
    throw new WirebookError(firstError.code, `none of the ${failed} rows could be written; the first: ${firstError.message}`, firstError);
  }
  emit(failed === 0 ? 'out' : 'partial', { written: results.length - failed, failed, rows: results });
};

async function writeOne(platform: PlatformCalls, config: RowsConfig, row: JsonValue): Promise<JsonObject> {
  if (!isJsonObject(row)) throw new WirebookError('NODE_INPUT_INVALID', `it is ${describeValue(row)}; give an object of values by column`);
  const cells = Object.entries(row).map(([column, value]) => ({ column, value }));
  const { row: kept, wasWritten } = await writeRow(platform, { ...config, cells });
  return { status: wasWritten ? 'written' : 'unchanged', row: kept };
}
