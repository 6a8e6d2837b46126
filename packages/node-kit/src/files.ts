import type { JsonValue } from '@wirebook/errors';

/**
 * A file that is kept for the run, as it travels in messages: its content never does. What is said here comes from the sender of a
 * message; what is true is what {@link FileService.open} gives.
 */
export type FileHandle = {
  /** Id of the file within the run. */
  readonly file: string;
  readonly name: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Of the content, in hexadecimal. */
  readonly sha256: string;
};

export interface NewFile {
  /** As people see it; what is no plain name of a file is taken out of it. */
  readonly name: string;
  readonly contentType: string;
  /** Read once, to its end. What it throws ends the saving, with nothing kept. */
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Below the limit of the configuration; only that one counts when absent. */
  readonly maxBytes?: number | undefined;
}

/** Bytes that are read when they are needed. */
export interface SizedContent {
  readonly sizeBytes: number;
  /** The content from its beginning, as often as it is asked for. */
  read(): AsyncIterable<Uint8Array>;
}

/** A file of the run. */
export interface OpenFile {
  readonly handle: FileHandle;
  /** The content from its beginning, as often as it is asked for. */
  read(): AsyncIterable<Uint8Array>;
}

/** Files of one run: they are there, over crashes too, until the run is over. Other runs do not see them. */
export interface FileService {
  /** @throws FILE_TOO_LARGE, FILE_SPACE_FULL, STORE_FAILED, what the content throws */
  save(file: NewFile): Promise<FileHandle>;
  /** @throws FILE_UNKNOWN, NODE_INPUT_INVALID */
  open(handle: JsonValue): Promise<OpenFile>;
}

export interface FolderFile {
  /** Name of the folder in the configuration. */
  readonly folder: string;
  /** A plain name, never a path. */
  readonly name: string;
}

/** Folders that the configuration names; nothing outside them can be reached. */
export interface FolderService {
  /** @throws FILE_FOLDER_UNKNOWN, FILE_NAME_INVALID, FILE_NOT_FOUND, FILE_TOO_LARGE, FILE_ACCESS_FAILED */
  open(file: FolderFile, options: { readonly maxBytes: number }): Promise<SizedContent>;
  /**
   * Writes the file as a whole or not at all.
   *
   * @throws FILE_FOLDER_UNKNOWN, FILE_NAME_INVALID, FILE_EXISTS, FILE_ACCESS_FAILED, what the content throws
   */
  write(
    file: FolderFile,
    content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    options: { readonly replaces: boolean },
  ): Promise<{ readonly sizeBytes: number; readonly sha256: string }>;
}
