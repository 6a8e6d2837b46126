import { useEngine } from './use-engine.ts';

/** While destinations are being left: how many of their messages are still in hand. */
export function DrainNote() {
  const draining = useEngine({ isWatched: true }).data?.draining ?? [];
  if (draining.length === 0) return null;
  return (
    <p role="status" className="wb-muted">
      Runs in flight finish first: {describeDraining(draining)}.
    </p>
  );
}

export function describeDraining(draining: readonly { readonly destination: string; readonly inHand: number }[]): string {
  return draining
    .map(({ destination, inHand }) => `${destination} ${inHand === 1 ? '1 message' : `${inHand} messages`} in hand`)
    .join(', ');
}
