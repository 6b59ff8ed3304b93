// Copies a number or other words, and says that it did.
import { useCallback, useEffect, useState } from 'react';

import { text, type Key } from '../text';

/** So long it is said, in ms. */
const SAID = 2000;

export type Copy = (words: string) => void;

/** What there is to say about the last copy, empty after a while; and how to copy. */
export function useCopy(copied: Key = 'menu.copied', notCopied: Key = 'menu.notCopied'): [said: string, copy: Copy] {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => {
      setSaid('');
    }, SAID);
    return () => {
      clearTimeout(timer);
    };
  }, [said]);
  const copy = useCallback(
    (words: string) => {
      void write(words).then((done) => {
        setSaid(text(done ? copied : notCopied));
      });
    },
    [copied, notCopied],
  );
  return [said, copy];
}

async function write(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return writeBySelection(words);
  }
}

/** The older way, for a webview that keeps the clipboard from its pages. */
function writeBySelection(words: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = words;
  document.body.append(field);
  field.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other way without the clipboard API
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}
