import { isIPv6 } from 'node:net';

/** Where the server is found: what a browser may name as host and origin. */
export interface ServerAddress {
  /** As people open it, such as `http://127.0.0.1:8420`. */
  readonly url: string;
  readonly isHttps: boolean;
  /** Values of the header Host that are ours, in lower case. */
  readonly hosts: ReadonlySet<string>;
}

export interface ListeningPlace {
  /** As it was asked for. */
  readonly host: string;
  readonly port: number;
  /** Addresses and name of this machine, for a server that listens on all of them. */
  readonly machine: readonly string[];
}

const loopbackNames = ['127.0.0.1', 'localhost', '::1'];

/** Whether only this machine reaches a server that listens there. */
export function isLoopback(host: string): boolean {
  return loopbackNames.includes(host) || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** A name that somebody else's DNS leads here is none of ours: a page of theirs would else be of our origin. */
export function toServerAddress({ host, port, machine }: ListeningPlace): ServerAddress {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const names = [...loopbackNames, ...(isEverywhere ? machine : [host])];
  const hosts = names.map(bracket).flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  const shown = isEverywhere ? (machine[0] ?? '127.0.0.1') : host;
  return {
    url: `http://${bracket(shown)}${port === 80 ? '' : `:${port}`}`,
    isHttps: false,
    hosts: new Set(hosts.map((name) => name.toLowerCase())),
  };
}

function bracket(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}
