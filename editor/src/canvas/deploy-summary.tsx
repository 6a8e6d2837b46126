import type { DeployPreview } from '@wirebook/api';
import styles from './deploy-dialog.module.css';

/** What will be different afterwards: versions, changes in sentences, subscriptions. */
export function DeploySummary({ plan }: { readonly plan: DeployPreview }) {
  const { flows, subscriptions, runsInFlight } = plan;
  if (flows.length === 0) return <p className={styles.text}>Nothing to deploy: what runs is what is drawn.</p>;
  return (
    <div className={styles.summary}>
      {flows.map(({ flowId, name, fromVersion, toVersion, changes }) => (
        <section key={flowId} aria-label={name}>
          <h3 className={styles.flow}>
            <span className={styles.flowName}>{name}</span>
            <span className={styles.versions}>{describeVersions(fromVersion, toVersion)}</span>
          </h3>
          <ul className={styles.changes}>
            {changes.length === 0 ? (
              <li>{fromVersion === null ? 'runs for the first time' : 'runs as it is drawn: nothing changes'}</li>
            ) : null}
            {changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </section>
      ))}
      <dl className={styles.effects}>
        <Effect term="Starts to listen to" names={subscriptions.start} />
        <Effect term="Stops to listen to" names={subscriptions.stop} />
        {runsInFlight === 0 ? null : (
          <>
            <dt>In flight</dt>
            <dd>
              {runsInFlight === 1
                ? '1 run finishes on the version it began with'
                : `${runsInFlight} runs finish on the versions they began with`}
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}

function describeVersions(fromVersion: number | null, toVersion: number): string {
  if (fromVersion === null) return `new, version ${toVersion}`;
  return fromVersion === toVersion ? `version ${toVersion}` : `version ${fromVersion} to ${toVersion}`;
}

function Effect({ term, names }: { readonly term: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <>
      <dt>{term}</dt>
      <dd className="wb-mono">{names.join(', ')}</dd>
    </>
  );
}
