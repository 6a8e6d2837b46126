/** Runs, trace, problems and replies. */
export function BottomPanel() {
  return <section aria-label="Trace" />;
}
