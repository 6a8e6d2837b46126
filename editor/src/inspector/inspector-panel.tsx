/** The form of the chosen node. */
export function InspectorPanel() {
  return <section aria-label="Inspector" />;
}
