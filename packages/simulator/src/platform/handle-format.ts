import { refusal } from './rest-refusal.ts';

/** How an answer names what it refers to; on writes the platform takes either. */
export type HandleFormat = 'ids' | 'names' | 'objects';

/** @throws WirebookError SIMULATOR_REST_REFUSED (400) for another text. */
export function parseHandleFormat(text: string | undefined): HandleFormat {
  switch (text?.toLowerCase()) {
    case undefined:
    case '':
    case 'ids':
      return 'ids';
    case 'names':
      return 'names';
    case 'objects':
      return 'objects';
    default:
      throw refusal(400, `handle_format "${text}" is not known; it is one of: ids, names, objects.`);
  }
}
