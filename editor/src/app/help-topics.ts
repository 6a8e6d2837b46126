/** Where an empty place leads to: a page of the documents, a head on it, and what stands there. */
export interface HelpTopic {
  readonly page: HelpPageName;
  readonly head: string;
  readonly words: string;
}

/** Files of the folder docs that are in the bundle. */
export const helpPages = {
  'first-run': 'A flow of your own in five minutes',
  editor: 'The editor',
  flows: 'Flows and expressions',
  running: 'Your own platform',
  simulator: 'The simulated platform',
  parity: 'Coming from resilient-circuits',
  patterns: 'Integration patterns',
} as const;

export type HelpPageName = keyof typeof helpPages;

export const helpTopics = {
  flows: { page: 'first-run', head: '', words: 'A flow in five minutes' },
  runs: { page: 'editor', head: 'watching-runs', words: 'How runs are watched' },
  inspector: { page: 'editor', head: 'the-inspector', words: 'How a node is configured' },
  versions: { page: 'editor', head: 'deploying', words: 'How flows are deployed' },
  poison: { page: 'editor', head: 'the-poison-tray', words: 'What lies in the poison tray' },
  connections: { page: 'running', head: '', words: 'How to connect a platform' },
  console: { page: 'simulator', head: '', words: 'What the simulated platform does' },
} as const satisfies Readonly<Record<string, HelpTopic>>;

export type HelpTopicName = keyof typeof helpTopics;

/** The name of a head in an address, as GitHub makes it. */
export function toHeadId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

/** Where a link of the documents leads within the product; null when it leads to a file that is not in the bundle. */
export function toHelpAddress(href: string, from: HelpPageName): string | null {
  if (/^https?:/.test(href)) return href;
  const [file = '', head = ''] = href.split('#');
  const page = file === '' ? from : file.replace(/\.md$/, '');
  if (!Object.hasOwn(helpPages, page)) return null;
  return `/help/${page}${head === '' ? '' : `#${head}`}`;
}
