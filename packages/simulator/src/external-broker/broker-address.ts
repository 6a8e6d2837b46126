import { WirebookError } from '@wirebook/errors';

export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
}

/**
 * Reads `stomp+ssl://host:port`, or `stomp://host:port` for a broker without TLS.
 *
 * @throws WirebookError CONFIG_OPTION_INVALID.
 */
export function parseBrokerAddress(url: string): BrokerAddress {
  const match = /^stomp(\+ssl)?:\/\/(?:\[([0-9a-fA-F:.]+)\]|([^/:@[\]]+)):(\d{1,5})\/?$/.exec(url);
  const port = Number(match?.[4]);
  if (match === null || port < 1 || port > 65_535) {
    throw new WirebookError('CONFIG_OPTION_INVALID', `"${url}" is no broker address; write stomp+ssl://host:port`);
  }
  return { host: match[2] ?? match[3] ?? '', port, isTls: match[1] !== undefined };
}
