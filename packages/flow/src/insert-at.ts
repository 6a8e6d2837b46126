import { WirebookError } from '@wirebook/errors';

/**
 * The list with further items, each at its index in the result, or last. An index beyond the end, or lower than the one before it, means
 * the next free place: the list may have changed since the indices were noted.
 *
 * @throws FLOW_CHANGE_INVALID when there is not one index an item.
 */
export function insertAt<Item>(items: Item[], added: readonly Item[], at?: readonly number[]): Item[] {
  if (at !== undefined && at.length !== added.length) {
    throw new WirebookError('FLOW_CHANGE_INVALID', `${added.length} are added but ${at.length} places given; give one each, or none`);
  }
  if (added.length === 0) return items;
  if (at === undefined) return [...items, ...added];
  const result: Item[] = [];
  let next = 0;
  for (const [index, item] of added.entries()) {
    const before = items.slice(next, next + Math.max(0, (at[index] ?? 0) - result.length));
    for (const present of before) result.push(present);
    next += before.length;
    result.push(item);
  }
  return [...result, ...items.slice(next)];
}
