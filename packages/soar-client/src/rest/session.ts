import { isJsonObject, type JsonObject, WirebookError } from '@wirebook/errors';
import type { Clock, PlatformAccount } from '@wirebook/node-kit';
import { assertEnabled, chooseOrganization, type Organization, readOrganizations } from './organization.ts';
import type { PlatformLog, PlatformLogin } from './platform-client-options.ts';
import type { Credentials, RestAnswer, RestCaller } from './rest-caller.ts';
import type { ResolveRestUrl } from './rest-url.ts';
import type { SecretScrubber } from './secret-scrubber.ts';

export interface SessionOptions {
  readonly login: PlatformLogin;
  readonly org: string | undefined;
  readonly call: RestCaller;
  readonly resolve: ResolveRestUrl;
  readonly scrubber: SecretScrubber;
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly clock: Clock;
  readonly log: PlatformLog;
  readonly closed: AbortSignal;
}

export interface Session extends Credentials {
  readonly organization: Organization;
  readonly account: PlatformAccount | null;
}

interface Login {
  readonly account: PlatformAccount | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly organizations: readonly Organization[];
  readonly sessionIp: string | null;
}

// Accounts are locked after a few wrong passwords; a refused login is not tried again at every call.
const refusedPauseMs = 30_000;

/**
 * Logs in and chooses the organisation.
 *
 * @param attempts tries of this first login; later ones have those of `options`.
 * @throws SOAR_LOGIN_REFUSED, SOAR_ORG_*, SOAR_TLS_*, SOAR_REST_*, SOAR_RESPONSE_INVALID
 */
export async function openSession(
  options: SessionOptions,
  { attempts, signal }: { attempts: number; signal: AbortSignal },
): Promise<Session> {
  const first = await logIn(options, attempts, signal);
  const organization = chooseOrganization({ organizations: first.organizations, wanted: options.org, sessionIp: first.sessionIp });
  let current = { generation: 1, headers: first.headers };
  let renewal: Promise<void> | undefined;
  let refused: { error: WirebookError; untilMs: number } | undefined;

  async function logInAgain(): Promise<void> {
    if (refused !== undefined && options.clock.monotonicMs() < refused.untilMs) throw refused.error;
    try {
      const next = await logIn(options, options.attempts, options.closed);
      const same = next.organizations.find((org) => org.id === organization.id);
      if (same === undefined) {
        throw new WirebookError(
          'SOAR_ORG_UNKNOWN',
          `the account is no longer a member of organisation "${organization.name}" (${organization.id})`,
        );
      }
      assertEnabled(same, next.sessionIp);
      current = { generation: current.generation + 1, headers: next.headers };
      refused = undefined;
      options.log.info('logged in to the platform again after its session had ended');
    } catch (thrown) {
      if (thrown instanceof WirebookError && thrown.code === 'SOAR_LOGIN_REFUSED') {
        refused = { error: thrown, untilMs: options.clock.monotonicMs() + refusedPauseMs };
      }
      throw thrown;
    }
  }

  return {
    organization,
    account: first.account,
    current: () => current,
    renew(generation) {
      if (generation !== current.generation) return Promise.resolve();
      renewal ??= logInAgain().finally(() => {
        renewal = undefined;
      });
      return renewal;
    },
  };
}

async function logIn(options: SessionOptions, attempts: number, signal: AbortSignal): Promise<Login> {
  const { login, scrubber } = options;
  const basic = login.kind === 'api-key' ? Buffer.from(`${login.id}:${login.secret}`).toString('base64') : undefined;
  if (login.kind === 'api-key') scrubber.add(`${login.id}:${login.secret}`);
  scrubber.add(login.kind === 'api-key' ? login.secret : login.password);
  let answer: RestAnswer;
  try {
    answer = await options.call({
      method: login.kind === 'api-key' ? 'GET' : 'POST',
      url: options.resolve('', '/session', { include_permissions: 'false' }),
      headers: basic === undefined ? {} : { authorization: `Basic ${basic}` },
      body: login.kind === 'api-key' ? undefined : { email: login.email, password: login.password },
      // A second session does no harm.
      repeatable: true,
      attempts,
      timeoutMs: options.timeoutMs,
      signal,
      tally: { count: 0 },
      scrub: scrubber.scrub,
      onAttempt: ({ attempt, code }) => {
        if (code !== null)
          options.log.warn(
            `login attempt ${attempt} at the platform failed: ${code === 'SOAR_SESSION_ENDED' ? 'SOAR_LOGIN_REFUSED' : code}`,
          );
      },
    });
  } catch (thrown) {
    throw isRefusal(thrown) ? refuseLogin(login, thrown) : thrown;
  }
  return readLogin(answer, basic, scrubber);
}

function readLogin(answer: RestAnswer, basic: string | undefined, scrubber: SecretScrubber): Login {
  const body = isJsonObject(answer.body) ? answer.body : {};
  const organizations = readOrganizations(body.orgs);
  if (organizations === undefined) throw refuseAnswer('has no list of organisations');
  const sessionIp = typeof body.session_ip === 'string' ? body.session_ip : null;
  const known = { account: readAccount(body, basic === undefined ? 'user' : 'apikey'), organizations, sessionIp };
  if (basic !== undefined) return { ...known, headers: { authorization: `Basic ${basic}` } };
  return { ...known, headers: readSessionHeaders(body, answer, scrubber) };
}

function readAccount(body: JsonObject, type: PlatformAccount['type']): PlatformAccount | null {
  const id = type === 'user' ? body.user_id : body.api_key_handle;
  return typeof id === 'number' ? { type, id } : null;
}

function readSessionHeaders(body: JsonObject, answer: RestAnswer, scrubber: SecretScrubber): Readonly<Record<string, string>> {
  const token = body.csrf_token;
  const cookies = [answer.headers['set-cookie'] ?? []].flat();
  const cookie = cookies.map((text) => /^JSESSIONID=([^;]*)/.exec(text)?.[1]).find((value) => value !== undefined && value !== '');
  if (typeof token !== 'string' || token === '') throw refuseAnswer('has no csrf_token');
  if (cookie === undefined) throw refuseAnswer('sets no JSESSIONID cookie');
  scrubber.add(token);
  scrubber.add(cookie);
  return { 'X-sess-id': token, cookie: `JSESSIONID=${cookie}` };
}

function refuseAnswer(what: string): WirebookError {
  return new WirebookError('SOAR_RESPONSE_INVALID', `GET or POST /rest/session: the answer ${what}; is this host the platform?`);
}

function isRefusal(thrown: unknown): thrown is WirebookError {
  return thrown instanceof WirebookError && (thrown.code === 'SOAR_SESSION_ENDED' || thrown.code === 'SOAR_FORBIDDEN');
}

function refuseLogin(login: PlatformLogin, refusal: WirebookError): WirebookError {
  const account = login.kind === 'api-key' ? `API key ${login.id}` : `account ${login.email}`;
  const said = refusal.details?.platformMessage;
  const text = `the platform refused the login of ${account} (${refusal.details?.status})${typeof said === 'string' ? `: ${said}` : ''}`;
  return new WirebookError('SOAR_LOGIN_REFUSED', text, undefined, refusal.details);
}
