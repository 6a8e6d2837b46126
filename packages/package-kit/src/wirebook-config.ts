import { type FileConfig, readFileConfig, servedFileOptions } from './file-config.ts';
import type { OptionReader } from './option-reader.ts';
import type { Secret } from './secret.ts';

/** How a completing reply and the settling of its message belong together. */
export type CompletionPolicy = 'transaction' | 'reply-then-settle';

/** One entry of `http_allowed_hosts`. */
export interface AllowedHost {
  /** Lower-case name or address; `*.example.com` stands for every name below example.com, `10.0.0.0/8` for a range. */
  readonly host: string;
  /** Null for any port. */
  readonly port: number | null;
}

/** One entry of `rate_limits`. */
export interface RateLimit {
  /** Lower-case name or address; `*.example.com` stands for every name below example.com. */
  readonly host: string;
  /** Null for any port. */
  readonly port: number | null;
  /** Calls that may begin in `perMs` milliseconds. */
  readonly count: number;
  readonly perMs: number;
  /** As it is written. */
  readonly text: string;
}

/** The section [wirebook]. */
export interface WirebookConfig {
  /** `data_dir`, as written; null when absent. */
  readonly dataDir: string | null;
  /** `completion_policy`: transaction (default) or reply-then-settle. */
  readonly completionPolicy: CompletionPolicy;
  /** `max_message_bytes`: larger bodies from the broker are refused; 16 MiB when absent. */
  readonly maxMessageBytes: number;
  /** `held_max_bytes`: of messages that wait for their run, so much stays in memory, the rest in the data folder; 64 MiB when absent. */
  readonly heldMaxBytes: number;
  /** `destination_runs`: runs of messages of one destination at one time; null when absent: as many as num_workers. */
  readonly destinationRunLimit: number | null;
  /** `taken_over_max_messages`: of messages that wait or keep an order the ledger holds so many, the rest stays with the broker; 100,000 when absent. */
  readonly takenOverLimit: number;
  /** `poison_max_messages`, `poison_max_bytes`: when the poison tray holds more, its oldest messages go; 10,000 and 1 GB when absent. */
  readonly poisonLimits: { readonly maxMessages: number; readonly maxBytes: number };
  /**
   * `http_allowed_hosts`, separated by commas, blanks or lines: the only hosts that the node web.http may call, this machine included.
   * Null when absent: then every address but this machine's own may be called. Link-local addresses and metadata services never.
   */
  readonly httpAllowedHosts: readonly AllowedHost[] | null;
  /**
   * `circuit_failures`, `circuit_open_seconds`: after so many failed calls in a row a host gets none for so long, whatever flow makes
   * them; 5 and 30 when absent, 0 switches it off.
   */
  readonly circuit: { readonly failures: number; readonly openMs: number };
  /**
   * `rate_limits`, e.g. `api.example.com:10/s, *.example.org:4/min`: calls that web.http makes to a host, over all flows; the first entry
   * that fits counts.
   */
  readonly rateLimits: readonly RateLimit[];
  /** `metrics_token`: who sends it as a bearer token may read `/metrics` from anywhere; null when absent: then only this machine may. */
  readonly metricsToken: Secret | null;
  /** `log_format`: of the log file; one JSON object a line (default), or plain text. */
  readonly logFormat: LogFormat;
  readonly files: FileConfig;
}

type LogFormat = 'json' | 'text';

export const servedWirebookOptions: ReadonlySet<string> = new Set([
  'data_dir',
  'completion_policy',
  'max_message_bytes',
  'held_max_bytes',
  'destination_runs',
  'taken_over_max_messages',
  'poison_max_messages',
  'poison_max_bytes',
  'http_allowed_hosts',
  'circuit_failures',
  'circuit_open_seconds',
  'rate_limits',
  'metrics_token',
  'log_format',
  ...servedFileOptions,
]);

/** Named in the design, not read yet. */
export const unservedWirebookOptions: Readonly<Record<string, string>> = {
  connections: 'one connection is served, the one of [resilient]',
};

const mebibyte = 1_048_576;
const logFormats: Readonly<Record<string, LogFormat>> = { json: 'json', text: 'text' };
const policies: Readonly<Record<string, CompletionPolicy>> = { transaction: 'transaction', 'reply-then-settle': 'reply-then-settle' };

/** @throws CONFIG_OPTION_INVALID */
export function readWirebook(options: OptionReader): WirebookConfig {
  return {
    dataDir: options.findText('data_dir'),
    completionPolicy: options.readChoice('completion_policy', { allowed: policies, fallback: 'transaction' }),
    maxMessageBytes: options.readInteger('max_message_bytes', { min: 65_536, max: 1_024 * mebibyte, fallback: 16 * mebibyte }),
    heldMaxBytes: options.readInteger('held_max_bytes', { min: mebibyte, max: 1_000_000_000_000, fallback: 64 * mebibyte }),
    destinationRunLimit: options.has('destination_runs')
      ? options.readInteger('destination_runs', { min: 1, max: 2_000, fallback: 2_000 })
      : null,
    takenOverLimit: options.readInteger('taken_over_max_messages', { min: 1, max: 100_000_000, fallback: 100_000 }),
    poisonLimits: {
      maxMessages: options.readInteger('poison_max_messages', { min: 1, max: 10_000_000, fallback: 10_000 }),
      maxBytes: options.readInteger('poison_max_bytes', { min: mebibyte, max: 1_000_000_000_000, fallback: 1_000_000_000 }),
    },
    httpAllowedHosts: readAllowedHosts(options),
    circuit: {
      failures: options.readInteger('circuit_failures', { min: 0, max: 1000, fallback: 5 }),
      openMs: options.readInteger('circuit_open_seconds', { min: 0, max: 86_400, fallback: 30 }) * 1000,
    },
    rateLimits: readRateLimits(options),
    logFormat: options.readChoice('log_format', { allowed: logFormats, fallback: 'json' }),
    metricsToken: options.findSecret('metrics_token'),
    files: readFileConfig(options),
  };
}

function readAllowedHosts(options: OptionReader): readonly AllowedHost[] | null {
  const text = options.findText('http_allowed_hosts');
  if (text === null) return null;
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  if (entries.length === 0) throw options.refuse('http_allowed_hosts', 'a list of hosts');
  return entries.map((entry) => readAllowedHost(options, entry));
}

const name = String.raw`(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?`;
const address = String.raw`\[[0-9a-f:.]+\](?:/\d{1,3})?|\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?`;
const entryPattern = new RegExp(`^(${address}|${name})(?::(\\d{1,5}))?$`);

function readAllowedHost(options: OptionReader, entry: string): AllowedHost {
  const [, host, port] = entryPattern.exec(entry.toLowerCase()) ?? [];
  const number = port === undefined ? null : Number(port);
  if (host === undefined || (number !== null && (number < 1 || number > 65_535))) {
    throw options.refuse('http_allowed_hosts', 'hosts as name, *.name, address, [IPv6 address] or address/bits, each with :port if wanted');
  }
  return { host, port: number };
}

const periodsMs: Readonly<Record<string, number | undefined>> = { s: 1000, min: 60_000, h: 3_600_000 };
const limitPattern = new RegExp(`^(${address}|${name})(?::(\\d{1,5}))?:(\\d{1,5})/(s|min|h)$`);

function readRateLimits(options: OptionReader): readonly RateLimit[] {
  const entries = (options.findText('rate_limits') ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  return entries.map((entry) => {
    const [, host, port, count, period = ''] = limitPattern.exec(entry.toLowerCase()) ?? [];
    const perMs = periodsMs[period];
    const number = port === undefined ? null : Number(port);
    const isPortWrong = number !== null && (number < 1 || number > 65_535);
    if (host === undefined || host.includes('/') || perMs === undefined || isPortWrong || Number(count) < 1) {
      throw options.refuse('rate_limits', 'hosts with a limit, as name:10/s, *.name:4/min or name:8443:1000/h');
    }
    return { host, port: number, count: Number(count), perMs, text: entry };
  });
}
