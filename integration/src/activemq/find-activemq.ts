import { existsSync } from 'node:fs';

/** Where the programs of an installed ActiveMQ are. */
export interface ActiveMqInstallation {
  readonly homePath: string;
  readonly jarPath: string;
  readonly javaPath: string;
  readonly opensslPath: string;
}

/** What to type where ActiveMQ is missing. */
export const activeMqInstallCommand = 'apt-get install --no-install-recommends activemq python3-stomp';

const homePath = '/usr/share/activemq';
const debian: ActiveMqInstallation = {
  homePath,
  jarPath: `${homePath}/bin/activemq.jar`,
  javaPath: '/usr/bin/java',
  opensslPath: '/usr/bin/openssl',
};

/** Debian's ActiveMQ with the Java and openssl that its package brings; undefined unless all of them are installed. */
export function findActiveMq(): ActiveMqInstallation | undefined {
  return [debian.jarPath, debian.javaPath, debian.opensslPath].every((path) => existsSync(path)) ? debian : undefined;
}

/**
 * Whether suites on ActiveMQ may be left out: it is not installed, and nobody relies on them here (CI is not set).
 * With CI set they run and fail, naming what to install.
 *
 * @param environment the variables of the process.
 */
export function mayLeaveOutActiveMq(environment: Readonly<Record<string, string | undefined>>): boolean {
  return findActiveMq() === undefined && !environment.CI;
}
