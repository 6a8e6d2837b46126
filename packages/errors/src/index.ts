export { type ErrorCode, errorCatalogue, getErrorEntry, isErrorCode, retiredCodes } from './error-catalogue.ts';
export { describeBlame, type ErrorCatalogue, type ErrorEntry } from './error-entry.ts';
export { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';
export { type ErrorDetails, type ErrorRecord, fromErrorRecord, toErrorRecord, toWirebookError, WirebookError } from './wirebook-error.ts';
