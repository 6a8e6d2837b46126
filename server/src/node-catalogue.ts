import type { NodeTypeCatalogue } from '@wirebook/flow';
import { builtInNodes } from './node-types.ts';

const descriptors = new Map(builtInNodes.map(({ descriptor }) => [descriptor.type, descriptor]));

/** The node types as the rules of flow documents see them. */
export const nodeCatalogue: NodeTypeCatalogue = { find: (type) => descriptors.get(type) };
