import { useCallback, useEffect, useState } from 'react';
import { startTimer } from '../app/system-clock.ts';
import { copyText } from './copy-text.ts';

const shownMs = 1500;

/** Copies a text and tells for a moment which one: `copied` is its key, or `failed` when the browser refused. */
export function useCopied() {
  const [result, setResult] = useState<{ readonly key: string; readonly isCopied: boolean } | null>(null);
  useEffect(() => (result === null ? undefined : startTimer(shownMs, () => setResult(null))), [result]);
  const copy = useCallback((key: string, text: string) => {
    void copyText(text).then((isCopied) => setResult({ key, isCopied }));
  }, []);
  return { copy, result };
}
