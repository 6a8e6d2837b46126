import ReactMarkdown, { type Components } from 'react-markdown';
import styles from './markdown-text.module.css';

/** The page of a node stands inside a panel that has its head already: its title is left out and its heads are smaller. */
const components: Components = {
  h1: () => null,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  // Pictures would be fetched from elsewhere.
  img: ({ alt }) => <span>{alt}</span>,
};

/** Markdown without HTML: what looks like HTML is shown as text. */
export function MarkdownText({ text }: { readonly text: string }) {
  return (
    <div className={styles.text}>
      <ReactMarkdown components={components}>{text}</ReactMarkdown>
    </div>
  );
}
