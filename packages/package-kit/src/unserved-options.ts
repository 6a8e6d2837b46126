const reconnects = 'Wirebook connects again for ever, with waits that grow to a minute';
const testActions = 'the simulator triggers rules and functions by hand';
const tenancy = 'one organisation is served, the one of org';

/** Options of [resilient] that resilient-circuits knows and Wirebook does not use, with what is there in their place. */
export const unservedConnectionOptions: Readonly<Record<string, string>> = {
  actions_component: 'it replaces a part of resilient-circuits, which is not here; flows do its work',
  heartbeat_timeout_threshold: reconnects,
  ignore_message_failure: 'a message that cannot be read always goes to the poison tray and is settled',
  log_http_responses: 'every run keeps its messages and its calls in the trace',
  multi_org_function_json: tenancy,
  multitenancy: tenancy,
  pam_type: 'values written with ^ come from the keystore of the system or the vault; wirebook keyring stores them',
  proxy: 'name the proxy in proxy_host and proxy_port',
  rc_use_persistent_sessions: 'connections are always kept for the next call',
  resilient_mock: 'wirebook simulator stands in for the platform',
  selftest_timeout: 'each step of wirebook selftest has 10 seconds',
  stomp: 'STOMP is always used',
  stomp_max_connection_errors: reconnects,
  stomp_max_retries: reconnects,
  stomp_params: 'resilient-circuits dropped it, too',
  stomp_timer_interval: reconnects,
  test_actions: testActions,
  test_host: testActions,
  test_port: testActions,
  ui_lock: 'Wirebook changes no layouts of the platform',
};
