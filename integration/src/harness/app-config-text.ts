/** Options by section; null takes one out. */
export type ConfigChanges = Readonly<Record<string, Readonly<Record<string, string | number | null>>>>;

/** The text of an app.config. Later changes come before earlier ones. */
export function appConfigText(...layers: readonly ConfigChanges[]): string {
  const sections = new Map<string, Map<string, string>>();
  for (const [section, options] of layers.flatMap((layer) => Object.entries(layer))) {
    const merged = sections.get(section) ?? new Map<string, string>();
    sections.set(section, merged);
    for (const [name, value] of Object.entries(options)) {
      if (value === null) merged.delete(name);
      else merged.set(name, String(value));
    }
  }
  return [...sections]
    .map(([section, options]) => [`[${section}]`, ...[...options].map(([name, value]) => `${name}=${value}`), ''].join('\n'))
    .join('\n');
}
