import type { NodeRuntime } from '@wirebook/node-kit';
import { nodeRuntimes as coreNodes } from '@wirebook/nodes-core/runtime';
import { nodeRuntimes as scriptNodes } from '@wirebook/nodes-script/runtime';
import { nodeRuntimes as soarNodes } from '@wirebook/nodes-soar/runtime';
import { nodeRuntimes as webNodes } from '@wirebook/nodes-web/runtime';

/** Every node type that is part of Wirebook. */
export const builtInNodes: readonly NodeRuntime[] = [...soarNodes, ...coreNodes, ...webNodes, ...scriptNodes];
