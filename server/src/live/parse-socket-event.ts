import { type SocketEventDeclaration, type SocketEventName, socketEvents } from '@wirebook/api';
import { WirebookError } from '@wirebook/errors';
import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';

/** What a browser sent, checked against the table. */
export type SocketEvent =
  | { readonly name: 'flow:watch' | 'flow:unwatch'; readonly body: { readonly flowId: string } }
  | { readonly name: 'runs:watch'; readonly body: { readonly after?: number; readonly bootId?: string } }
  | { readonly name: 'run:watch' | 'run:unwatch'; readonly body: { readonly runId: string } }
  | { readonly name: 'runs:unwatch' | 'console:watch' | 'console:unwatch'; readonly body: Readonly<Record<string, never>> }
  | { readonly name: 'lease:keep'; readonly body: { readonly flowId: string; readonly leaseId: string } };

const ajv = new Ajv({ strict: true });
const validators = new Map<string, { readonly declaration: SocketEventDeclaration; readonly validate: ValidateFunction }>(
  Object.entries(socketEvents).map(([name, declaration]) => [
    name,
    { declaration, validate: ajv.compile(declaration.body as AnySchemaObject) },
  ]),
);

/** @throws SERVER_ROUTE_UNKNOWN for a name that is not in the table. */
export function findSocketEvent(name: string): SocketEventDeclaration {
  const found = validators.get(name);
  if (found === undefined) throw new WirebookError('SERVER_ROUTE_UNKNOWN', 'there is no such event');
  return found.declaration;
}

/** @throws SERVER_REQUEST_INVALID */
export function parseSocketEvent(name: string, body: unknown): SocketEvent {
  const validate = validators.get(name)?.validate;
  const event = { name, body: body ?? {} };
  if (validate !== undefined && isEvent(event, validate)) return event;
  const problem = validate?.errors?.[0];
  throw new WirebookError('SERVER_REQUEST_INVALID', `the body of ${name}${problem?.instancePath ?? ''} ${problem?.message ?? 'is wrong'}`);
}

function isEvent(event: { name: string; body: unknown }, validate: ValidateFunction): event is SocketEvent {
  return isName(event.name) && validate(event.body);
}

function isName(name: string): name is SocketEventName {
  return Object.hasOwn(socketEvents, name);
}
