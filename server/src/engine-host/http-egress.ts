import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { WirebookError } from '@wirebook/errors';

/** Which addresses requests of flows may reach. */
export interface EgressRules {
  /** `lookup` for a connector to this port: one look-up, every address of it checked; the connection goes to what was checked. */
  lookupFor(port: number): LookupFunction;
  /** For a host that is an address already, which nobody looks up. @throws HTTP_ADDRESS_BLOCKED */
  assertLiteral(hostname: string, port: number): void;
}

/** One entry of the list of allowed hosts. */
interface AllowedEntry {
  /** Null: any. */
  readonly port: number | null;
  readonly matches: (hostname: string, addresses: readonly string[]) => boolean;
}

/** Never reachable: this network, link-local with the metadata services of clouds, multicast, reserved. */
const neverRanges = [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  ['fd00:ec2::254', 128],
] as const;

const loopbackRanges = [
  ['127.0.0.0', 8],
  ['::1', 128],
] as const;

const never = createList(neverRanges);
const loopback = createList(loopbackRanges);

/**
 * Rules from the configuration. Link-local addresses, the metadata services of clouds and reserved addresses are never reachable.
 *
 * @param allow names, `*.names`, addresses and ranges (`10.0.0.0/8`), each with `:port` if wanted. Empty: every other host but this
 * machine itself, private networks included, as most systems that flows talk to live there. Else only these, on this machine too.
 * @throws CONFIG_OPTION_INVALID for an entry that is none of these.
 */
export function createEgressRules(allow: readonly string[]): EgressRules {
  const entries = allow.map((entry) => parseEntry(entry.trim().toLowerCase()));

  const findReason = (hostname: string, port: number, address: string): string | undefined => {
    const candidates = unwrapAddress(address);
    if (candidates.some((candidate) => isIn(never, candidate))) return 'link-local, metadata and reserved addresses are never reachable';
    if (entries.length === 0) {
      const isLocal = candidates.some((candidate) => isIn(loopback, candidate));
      return isLocal ? 'this machine itself is reachable only when the configuration allows it' : undefined;
    }
    const isAllowed = entries.some((entry) => (entry.port === null || entry.port === port) && entry.matches(hostname, candidates));
    return isAllowed ? undefined : `port ${port} there is not among the hosts that the configuration allows`;
  };

  const check = (hostname: string, port: number, address: string): WirebookError | undefined => {
    const reason = findReason(hostname, port, address);
    if (reason === undefined) return undefined;
    const shown = hostname === address ? hostname : `${hostname} (${address})`;
    return new WirebookError('HTTP_ADDRESS_BLOCKED', `${shown} is blocked: ${reason}`);
  };

  return {
    lookupFor: (port) => (hostname, options, callback) => {
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        if (error !== null) {
          callback(error, []);
          return;
        }
        const name = hostname.toLowerCase().replace(/\.$/, '');
        // One blocked address among several is an answer made to get around the check.
        const blocked = addresses.map(({ address }) => check(name, port, address)).find((problem) => problem !== undefined);
        const [first] = addresses;
        if (blocked !== undefined) callback(blocked, []);
        else if (options.all === true || first === undefined) callback(null, addresses);
        else callback(null, first.address, first.family);
      });
    },
    assertLiteral(hostname, port) {
      const address = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
      if (isIP(address) === 0) return;
      const blocked = check(address, port, address);
      if (blocked !== undefined) throw blocked;
    },
  };
}

const addressEntry = /^(?:\[([0-9a-f:.]+)\]|([0-9a-f:]*:[0-9a-f:.]+)|(\d{1,3}(?:\.\d{1,3}){3}))(?:\/(\d{1,3}))?(?::(\d{1,5}))?$/;
const nameEntry = /^(\*\.)?([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)(?::(\d{1,5}))?$/;

function parseEntry(entry: string): AllowedEntry {
  const [, bracketed, bare, dotted, bits, addressPort] = addressEntry.exec(entry) ?? [];
  const address = bracketed ?? bare ?? dotted;
  if (address !== undefined && isIP(address) !== 0) {
    const most = isIP(address) === 4 ? 32 : 128;
    const prefix = bits === undefined ? most : Number(bits);
    if (prefix > most) throw refuse(entry);
    const range = createList([[address, prefix]]);
    return { port: readPort(entry, addressPort), matches: (_hostname, addresses) => addresses.some((candidate) => isIn(range, candidate)) };
  }
  const [, wildcard, name, namePort] = nameEntry.exec(entry) ?? [];
  if (name === undefined) throw refuse(entry);
  const port = readPort(entry, namePort);
  if (wildcard === undefined) return { port, matches: (hostname) => hostname === name };
  return { port, matches: (hostname) => hostname.endsWith(`.${name}`) };
}

function readPort(entry: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  if (port < 1 || port > 65_535) throw refuse(entry);
  return port;
}

function refuse(entry: string): WirebookError {
  return new WirebookError(
    'CONFIG_OPTION_INVALID',
    `"${entry}" is no host name, *.name, address or range such as 127.0.0.0/8, with :port or without`,
  );
}

function createList(ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of ranges) list.addSubnet(address, prefix, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** The address, and the IPv4 address that it carries when it is mapped, translated (NAT64) or tunnelled (6to4). */
function unwrapAddress(address: string): readonly string[] {
  if (isIP(address) !== 6) return [address];
  const groups = expandGroups(address);
  if (groups === undefined) return [address];
  const toIpv4 = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join('.');
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const startsWithZeros = a === 0 && b === 0 && c === 0 && d === 0;
  if (startsWithZeros && (e === 0 || e === 0xffff) && (f === 0xffff || f === 0) && (g !== 0 || h > 1)) return [address, toIpv4(g, h)];
  if (a === 0x64 && b === 0xff9b) return [address, toIpv4(g, h)];
  if (a === 0x2002) return [address, toIpv4(b, c)];
  return [address];
}

/** The eight numbers of an IPv6 address. */
function expandGroups(address: string): readonly number[] | undefined {
  const [plain = ''] = address.split('%');
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(plain);
  const text =
    dotted === null
      ? plain
      : `${dotted[1]}${((Number(dotted[2]) << 8) | Number(dotted[3])).toString(16)}:${((Number(dotted[4]) << 8) | Number(dotted[5])).toString(16)}`;
  const [left = '', right] = text.split('::');
  const read = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const head = read(left);
  const tail = right === undefined ? [] : read(right);
  const zeros = right === undefined ? [] : new Array<number>(Math.max(0, 8 - head.length - tail.length)).fill(0);
  const groups = [...head, ...zeros, ...tail];
  return groups.length === 8 ? groups : undefined;
}
