import type { Permission } from '@wirebook/api';

/** Names of the rooms of socket.io; what is behind the sign comes from a browser. */
export const liveRooms = {
  flow: (flowId: string) => `flow ${flowId}`,
  run: (runId: string) => `run ${runId}`,
  console: 'console',
  /** Everybody who may. */
  may: (permission: Permission) => `may ${permission}`,
} as const;
