import { configCodes } from './config-codes.ts';
import { engineCodes } from './engine-codes.ts';
import type { ErrorEntry } from './error-entry.ts';
import { fileCodes } from './file-codes.ts';
import { flowCodes } from './flow-codes.ts';
import { nodeCodes } from './node-codes.ts';
import { serverCodes } from './server-codes.ts';
import { simulatorCodes } from './simulator-codes.ts';
import { soarCodes } from './soar-codes.ts';
import { storeCodes } from './store-codes.ts';

/** Every code of the product; CODES.md is its printed form and a test compares both. */
export const errorCatalogue = {
  ...flowCodes,
  ...engineCodes,
  ...nodeCodes,
  ...fileCodes,
  ...soarCodes,
  ...configCodes,
  ...simulatorCodes,
  ...storeCodes,
  ...serverCodes,
} as const;

export type ErrorCode = keyof typeof errorCatalogue;

/** Codes that were used once; they stay listed so that they are never given a new meaning. */
export const retiredCodes: readonly string[] = ['CONFIG_KEYRING_UNSUPPORTED'];

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(errorCatalogue, value);
}

/** The catalogue row of a code. */
export function getErrorEntry(code: ErrorCode): ErrorEntry {
  return errorCatalogue[code];
}
