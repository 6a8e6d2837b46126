import type { ConnectionView } from '@wirebook/api';
import type { FlowDocument } from '@wirebook/flow';
import type { AppConfig } from '@wirebook/package-kit';
import type { PlatformLinks } from '../engine-host/platform-links.ts';
import { nodeCatalogue } from '../node-catalogue.ts';
import { describeSource } from '../storage/describe-source.ts';
import { connectionName } from './read-platform.ts';

export interface ConnectionFacts {
  readonly config: AppConfig;
  readonly isSimulator: boolean;
  readonly orgId: number | null;
  readonly links: PlatformLinks;
  readonly uses: ConnectionView['uses'];
}

/** The connection as people see it: nothing of its secrets. */
export function toConnectionView({ config, isSimulator, orgId, links, uses }: ConnectionFacts): ConnectionView {
  const { host, port, stompHost, stompPort, org, tls, stompTls } = config.connection;
  return {
    name: connectionName,
    isSimulator,
    host,
    restPort: port,
    stompHost,
    stompPort,
    org: org ?? 'the only organisation of the account',
    orgId,
    account: describeAccount(config),
    isCertificateVerified: tls.verify && stompTls.verify,
    rest: links.rest,
    broker: links.broker,
    uses,
  };
}

export function describeAccount({ connection: { login } }: AppConfig): string {
  return login.kind === 'api-key' ? `API key ${login.id}` : login.email;
}

/**
 * The destinations that the source nodes of a flow listen to.
 *
 * @param destinationOf of a function; undefined while it is not known: then the function stands for it.
 */
export function listDestinations(document: FlowDocument, destinationOf: (functionName: string) => string | undefined): string[] {
  const names = document.nodes.flatMap(({ type, config, disabled }) => {
    const kind = disabled ? undefined : nodeCatalogue.find(type)?.source?.kind;
    if (kind === undefined || !['function', 'destination', 'inbound', 'connector'].includes(kind)) return [];
    const name = describeSource(kind, config);
    if (name === '') return [];
    if (kind !== 'function') return [name];
    return [destinationOf(name) ?? `function ${name}`];
  });
  return [...new Set(names)].sort();
}
