import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this program was built in. */
const checkoutDir = fileURLToPath(new URL('../../..', import.meta.url));

export const sampleFlowsDir = join(checkoutDir, 'samples', 'flows');
export const editorDir = join(checkoutDir, 'editor', 'dist', 'web');

/** What the server keeps in a data folder. */
export function findAppStore(dataDir: string): string {
  return join(dataDir, 'app.db');
}
