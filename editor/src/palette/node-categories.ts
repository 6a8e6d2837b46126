import type { NodeCategory } from '@wirebook/node-kit';

/** In the order of the palette. */
export const nodeCategories: readonly { readonly id: NodeCategory; readonly label: string }[] = [
  { id: 'sources', label: 'Sources' },
  { id: 'platform', label: 'Platform' },
  { id: 'replies', label: 'Replies' },
  { id: 'logic', label: 'Logic' },
  { id: 'scripts', label: 'Scripts' },
  { id: 'web', label: 'Web' },
  { id: 'feed', label: 'Feed' },
  { id: 'debug', label: 'Debug' },
];
