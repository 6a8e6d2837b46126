import type { Permission, ServerEventName, ServerEvents } from '@wirebook/api';

/** Tells browsers what happened. */
export interface LivePublisher {
  /** Those that watch the flow. */
  toFlow<Name extends ServerEventName>(flowId: string, name: Name, event: ServerEvents[Name]): void;
  /** All whose role has the permission. */
  toEverybody<Name extends ServerEventName>(permission: Permission, name: Name, event: ServerEvents[Name]): void;
  /** Those that watch the console. */
  toConsole<Name extends ServerEventName>(name: Name, event: ServerEvents[Name]): void;
}
