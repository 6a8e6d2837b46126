import { Link } from 'wouter';
import styles from './empty-state.module.css';
import { type HelpTopicName, helpTopics } from './help-topics.ts';

/** Leads to the place in the documents. */
export function HelpLink({ topic }: { readonly topic: HelpTopicName }) {
  const { page, head, words } = helpTopics[topic];
  return (
    <Link href={`/help/${page}${head === '' ? '' : `#${head}`}`} className={styles.help}>
      {words}
    </Link>
  );
}
