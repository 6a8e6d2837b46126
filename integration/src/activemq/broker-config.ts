import { keyStorePassword } from './broker-certificate.ts';

/** What a user may do on the queues that a pattern matches; `create` is needed by whoever uses a queue first. */
export interface ActiveMqRight {
  /** A queue's name, or a prefix that ends with `.>`; `>` alone is every queue. */
  readonly queue: string;
  readonly may: readonly ('read' | 'write' | 'create')[];
}

export interface ActiveMqUser {
  readonly name: string;
  readonly password: string;
  readonly rights: readonly ActiveMqRight[];
}

/** The rights of whoever plays the platform: everything, everywhere. */
export const everyQueue: readonly ActiveMqRight[] = [{ queue: '>', may: ['read', 'write', 'create'] }];

/** What the platform grants an integration's login: to read the queues of its organisation and to write replies. */
export function integrationRights(orgId: number): readonly ActiveMqRight[] {
  return [
    { queue: `actions.${orgId}.>`, may: ['read', 'create'] },
    { queue: `inbound_destinations.${orgId}.>`, may: ['read', 'create'] },
    { queue: `connectors.${orgId}.>`, may: ['read', 'create'] },
    { queue: `acks.${orgId}.>`, may: ['write', 'create'] },
  ];
}

export interface BrokerConfigOptions {
  readonly name: string;
  readonly plainPort: number;
  readonly tlsPort: number;
  readonly users: readonly ActiveMqUser[];
  readonly memoryMb: number;
  readonly storeMb: number;
}

/**
 * The text of conf/activemq.xml. The journal is written with a sync for every message (KahaDB's default, said here because
 * measurements rely on it), the mark of redelivery survives a crash, and each queue has its own dead letter queue.
 *
 * @throws Error when a user name is not one word, because ActiveMQ lists groups separated by commas.
 */
export function brokerConfigXml(options: BrokerConfigOptions): string {
  return `<beans xmlns="http://www.springframework.org/schema/beans" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.springframework.org/schema/beans http://www.springframework.org/schema/beans/spring-beans-2.0.xsd
  http://activemq.apache.org/schema/core http://activemq.apache.org/schema/core/activemq-core.xsd">
  <bean class="org.springframework.beans.factory.config.PropertyPlaceholderConfigurer"/>
  <broker xmlns="http://activemq.apache.org/schema/core" brokerName="${xml(options.name)}" useJmx="false" persistent="true"
          useShutdownHook="true" schedulerSupport="false" dataDirectory="\${activemq.data}">
    <destinationPolicy><policyMap><policyEntries>
      <policyEntry queue="&gt;" expireMessagesPeriod="1000" persistJMSRedelivered="true">
        <deadLetterStrategy>
          <individualDeadLetterStrategy queuePrefix="DLQ." useQueueForQueueMessages="true" processExpired="true" processNonPersistent="true"/>
        </deadLetterStrategy>
      </policyEntry>
    </policyEntries></policyMap></destinationPolicy>
    <persistenceAdapter>
      <kahaDB directory="\${activemq.data}/kahadb" journalMaxFileLength="32mb" enableJournalDiskSyncs="true"/>
    </persistenceAdapter>
    <plugins>
      <simpleAuthenticationPlugin><users>
${options.users.map((user) => `        ${userElement(user)}`).join('\n')}
      </users></simpleAuthenticationPlugin>
      <authorizationPlugin><map><authorizationMap><authorizationEntries>
${queueEntries(options.users).join('\n')}
        <authorizationEntry topic="&gt;" read="users" write="users" admin="users"/>
      </authorizationEntries></authorizationMap></map></authorizationPlugin>
    </plugins>
    <sslContext>
      <sslContext keyStore="file:\${activemq.conf}/broker.p12" keyStorePassword="${keyStorePassword}" keyStoreType="PKCS12"/>
    </sslContext>
    <systemUsage><systemUsage>
      <memoryUsage><memoryUsage limit="${options.memoryMb} mb"/></memoryUsage>
      <storeUsage><storeUsage limit="${options.storeMb} mb"/></storeUsage>
      <tempUsage><tempUsage limit="256 mb"/></tempUsage>
    </systemUsage></systemUsage>
    <transportConnectors>
      <transportConnector name="stomp" uri="stomp://127.0.0.1:${options.plainPort}?transport.hbGracePeriodMultiplier=1.5"/>
      <transportConnector name="stomp+ssl" uri="stomp+ssl://127.0.0.1:${options.tlsPort}?transport.hbGracePeriodMultiplier=1.5&amp;transport.enabledProtocols=TLSv1.2,TLSv1.3"/>
    </transportConnectors>
  </broker>
</beans>
`;
}

/** The text of conf/log4j.properties: Debian's build logs through log4j 1.2. */
export function brokerLogProperties(logFile: string): string {
  return [
    'log4j.rootLogger=INFO, file',
    'log4j.appender.file=org.apache.log4j.FileAppender',
    `log4j.appender.file.File=${logFile}`,
    'log4j.appender.file.layout=org.apache.log4j.PatternLayout',
    'log4j.appender.file.layout.ConversionPattern=%d %-5p %c{1} %m%n',
    '',
  ].join('\n');
}

function userElement(user: ActiveMqUser): string {
  if (/[,\s]/.test(user.name)) throw new Error(`The ActiveMQ user "${user.name}" must not hold commas or spaces.`);
  return `<authenticationUser username="${xml(user.name)}" password="${xml(user.password)}" groups="users,${xml(groupOf(user))}"/>`;
}

/** Each user is a group of its own, so that rights are given singly; ActiveMQ unites the entries of all patterns that match. */
function queueEntries(users: readonly ActiveMqUser[]): string[] {
  const patterns = [...new Set(users.flatMap((user) => user.rights.map((right) => right.queue)))];
  return patterns.map((pattern) => {
    const groupsThatMay = (operation: ActiveMqRight['may'][number]) =>
      users.filter((user) => user.rights.some((right) => right.queue === pattern && right.may.includes(operation))).map(groupOf);
    const list = (operation: ActiveMqRight['may'][number]) => xml(groupsThatMay(operation).join(',') || 'nobody');
    return `        <authorizationEntry queue="${xml(pattern)}" read="${list('read')}" write="${list('write')}" admin="${list('create')}"/>`;
  });
}

function groupOf(user: ActiveMqUser): string {
  return `only-${user.name}`;
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
