import { isValidElement, type ReactNode, useEffect } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { Link } from 'wouter';
import styles from './help-page.module.css';
import { type HelpPageName, toHeadId, toHelpAddress } from './help-topics.ts';

/** A page of the documents. */
export function HelpText({ page, text }: { readonly page: HelpPageName; readonly text: string }) {
  useEffect(() => {
    const head = decodeURIComponent(window.location.hash.slice(1));
    if (head !== '') document.getElementById(head)?.scrollIntoView();
  }, []);
  const components: Components = {
    h2: ({ children }) => <h2 id={toHeadId(toText(children))}>{children}</h2>,
    h3: ({ children }) => <h3 id={toHeadId(toText(children))}>{children}</h3>,
    a: ({ href = '', children }) => <HelpAnchor address={toHelpAddress(href, page)}>{children}</HelpAnchor>,
    // They show this product, which is around the page.
    img: () => null,
  };
  return (
    <article className={styles.text}>
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={components}>
        {text}
      </ReactMarkdown>
    </article>
  );
}

function HelpAnchor({ address, children }: { readonly address: string | null; readonly children: ReactNode }) {
  if (address === null) return <span>{children}</span>;
  if (!address.startsWith('/')) {
    return (
      <a href={address} target="_blank" rel="noreferrer noopener">
        {children}
      </a>
    );
  }
  const [, head] = address.split('#');
  return (
    <Link href={address} onClick={() => head !== undefined && document.getElementById(head)?.scrollIntoView()}>
      {children}
    </Link>
  );
}

function toText(node: ReactNode): string {
  if (Array.isArray(node)) return node.map(toText).join('');
  if (isValidElement<{ readonly children?: ReactNode }>(node)) return toText(node.props.children);
  return typeof node === 'string' || typeof node === 'number' ? String(node) : '';
}
