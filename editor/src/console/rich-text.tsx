import { Button, Skeleton, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import styles from './rich-text.module.css';
import { estimateHeight } from './rich-text-height.ts';
import { type SafeRichText, sanitiseRichText } from './sanitise-rich-text.ts';

/** Rich text as an analyst wrote it, or as an attacker did: sanitised, and in a frame that can do nothing. */
export function RichText({ html, label }: { readonly html: string; readonly label: string }) {
  const safe = useSafeRichText(html);
  const [isSource, setSource] = useState(false);
  const { ref, width } = useElementSize();
  const scheme = useComputedColorScheme('light');
  if (html.trim() === '') return <p className={styles.empty}>Nothing is written here.</p>;
  if (!/[<&]/.test(html)) return <p className={styles.plain}>{html}</p>;
  return (
    <div ref={ref} className={styles.frame}>
      {isSource ? <pre className={styles.source}>{html}</pre> : null}
      {!isSource && safe === null ? <Skeleton height={40} /> : null}
      {!isSource && safe !== null ? (
        <iframe
          key={scheme}
          title={label}
          sandbox=""
          srcDoc={toDocument(safe.html)}
          className={styles.text}
          style={{ height: estimateHeight(safe.paragraphs, width || 640) }}
        />
      ) : null}
      <p className={styles.foot}>
        <Button variant="subtle" size="compact-xs" onClick={() => setSource(!isSource)}>
          {isSource ? 'Show text' : 'Show source'}
        </Button>
        {safe?.isReduced === true ? <span>Pictures, scripts and the like are left out; the source shows them.</span> : null}
      </p>
    </div>
  );
}

function useSafeRichText(html: string): SafeRichText | null {
  const [safe, setSafe] = useState<{ readonly of: string; readonly text: SafeRichText } | null>(null);
  useEffect(() => {
    let isLeft = false;
    void sanitiseRichText(html).then((text) => {
      if (!isLeft) setSafe({ of: html, text });
    });
    return () => {
      isLeft = true;
    };
  }, [html]);
  return safe?.of === html ? safe.text : null;
}

/** The frame is a document of its own: it gets the colours of the theme by value. */
function toDocument(html: string): string {
  const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const style = [
    `body { margin: 8px 0; color: ${token('--wb-text')}; background: ${token('--wb-panel')}; font: 13px/20px system-ui, sans-serif; overflow-wrap: anywhere; }`,
    `p, ul, ol, blockquote, pre, table { margin: 0 0 8px; } a { text-decoration: underline; }`,
    `td, th { padding: 2px 8px; border: 1px solid ${token('--wb-line')}; text-align: left; } table { border-collapse: collapse; }`,
    `blockquote { padding-left: 8px; border-left: 3px solid ${token('--wb-line')}; } pre, code { font-family: monospace; white-space: pre-wrap; }`,
  ].join('\n');
  const scheme = document.documentElement.dataset.mantineColorScheme === 'dark' ? 'dark' : 'light';
  return `<!doctype html><html lang="en"><head><meta name="color-scheme" content="${scheme}"><style>${style}</style></head><body>${html}</body></html>`;
}
