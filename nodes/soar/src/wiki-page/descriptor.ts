import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarWikiPage = {
  type: 'soar.wiki-page',
  version: 1,
  label: 'Read wiki page',
  summary: 'Reads a page of the wiki of the organisation, by title or id.',
  category: 'platform',
  icon: 'book-2',
  inputs: { in: { label: 'message to take the title from' } },
  outputs: { out: { label: 'the page' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['page'],
    properties: {
      page: {
        title: 'Page',
        description: 'Its title, titles from the top such as "When a branch calls/Lost laptop", or its id.',
        'x-expression': true,
        'x-editor': 'text',
      },
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
