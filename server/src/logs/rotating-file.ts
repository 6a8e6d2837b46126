import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { WirebookError } from '@wirebook/errors';

export interface RotatingFileOptions {
  /** Made when it is not there, for its owner only. */
  readonly dir: string;
  readonly name: string;
  /** A line that would make the file longer goes into a new one; 0: it grows for ever. */
  readonly maxBytes: number;
  /** Files before it that are kept, as `name.1` (the newest) and so on; 0: it grows for ever. */
  readonly backupCount: number;
  /** The disk refused a line; told once until it takes lines again. */
  readonly onRefused: (reason: string) => void;
}

/** A log file that renames itself before it grows too large. */
export interface RotatingFile {
  /** One line, without its end. It never throws: a full disk ends no run. */
  write(line: string): void;
  /** Lines that the disk refused. */
  readonly refusedCount: number;
  close(): void;
}

const ownerOnlyDir = 0o700;
const ownerOnly = 0o600;

/** @throws CONFIG_OPTION_INVALID when the file cannot be opened. */
export function openRotatingFile(options: RotatingFileOptions): RotatingFile {
  const { dir, name, maxBytes, backupCount, onRefused } = options;
  const path = join(dir, name);
  const mayRotate = maxBytes > 0 && backupCount > 0;
  let file: number | null = null;
  let sizeBytes = 0;
  let refusedCount = 0;
  let isRefusing = false;

  function open(): number {
    mkdirSync(dir, { recursive: true, mode: ownerOnlyDir });
    const opened = openSync(path, 'a', ownerOnly);
    sizeBytes = fstatSync(opened).size;
    file = opened;
    return opened;
  }

  function rotate(): void {
    if (file !== null) closeSync(file);
    file = null;
    rmSync(`${path}.${backupCount}`, { force: true });
    for (let number = backupCount - 1; number > 0; number -= 1)
      if (existsSync(`${path}.${number}`)) renameSync(`${path}.${number}`, `${path}.${number + 1}`);
    if (existsSync(path)) renameSync(path, `${path}.1`);
  }

  function write(line: string): void {
    const bytes = Buffer.from(`${line}\n`, 'utf8');
    try {
      if (mayRotate && sizeBytes > 0 && sizeBytes + bytes.length > maxBytes) rotate();
      writeSync(file ?? open(), bytes);
      sizeBytes += bytes.length;
      isRefusing = false;
    } catch (thrown) {
      refusedCount += 1;
      if (!isRefusing) onRefused(thrown instanceof Error ? thrown.message : String(thrown));
      isRefusing = true;
    }
  }

  try {
    open();
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new WirebookError(
      'CONFIG_OPTION_INVALID',
      `[resilient] logdir, logfile: the log file ${path} cannot be opened: ${reason}`,
      thrown,
    );
  }
  return {
    write,
    get refusedCount() {
      return refusedCount;
    },
    close: () => {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}
