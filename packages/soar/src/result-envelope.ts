import type { JsonObject, JsonValue } from '@wirebook/errors';

export interface ResultMetrics {
  readonly package: string;
  readonly packageVersion: string;
  readonly host: string;
  readonly executionTimeMs: number;
  /** `YYYY-MM-DD HH:MM:SS` in local time; see `formatMetricsTime`. */
  readonly timestamp: string;
}

export interface ResultEnvelopeOptions {
  /** `2.0`: what app functions send today; `1.0`: what older ones sent. */
  readonly version: '2.0' | '1.0';
  readonly success: boolean;
  readonly reason: string | null;
  readonly content: JsonValue;
  readonly inputs: JsonObject;
  readonly metrics: ResultMetrics;
}

/** The object that post-process scripts know from packages made with resilient-lib. Version 2.0 is a number there, 1.0 a text. */
export function resultEnvelope(options: ResultEnvelopeOptions): JsonObject {
  const { version, success, reason, content, inputs, metrics } = options;
  return {
    version: version === '2.0' ? 2.0 : '1.0',
    success,
    reason,
    content,
    raw: version === '2.0' ? null : '',
    inputs,
    metrics: {
      version: '1.0',
      package: metrics.package,
      package_version: metrics.packageVersion,
      host: metrics.host,
      execution_time_ms: metrics.executionTimeMs,
      timestamp: metrics.timestamp,
    },
  };
}

export interface ConnectorEnvelopeOptions {
  /** `request_originator` of the request, as it came. */
  readonly originator: JsonObject;
  readonly success: boolean;
  readonly reason: string | null;
  /** HTTP status. */
  readonly statusCode: number;
  readonly content: JsonValue;
  readonly contentType: string;
  readonly metrics: Omit<ResultMetrics, 'timestamp'>;
}

/** What the platform expects as the result of a low-code connector's request. */
export function connectorEnvelope(options: ConnectorEnvelopeOptions): JsonObject {
  const { originator, success, reason, statusCode, content, contentType, metrics } = options;
  return {
    version: 1.0,
    request_originator: originator,
    success,
    reason,
    status_code: statusCode,
    content,
    content_type: contentType,
    metrics: {
      version: '2.0',
      package: metrics.package,
      package_version: metrics.packageVersion,
      host: metrics.host,
      execution_time_ms: metrics.executionTimeMs,
    },
  };
}

/** Epoch milliseconds as `YYYY-MM-DD HH:MM:SS` in the zone of the process, as the envelope wants it. */
export function formatMetricsTime(epochMs: number): string {
  const date = new Date(epochMs);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')}`;
}
