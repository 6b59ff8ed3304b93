// Copies a number, and says that it did.
import { useCallback, useEffect, useState } from 'react';

import { text } from '../text';

/** So long it is said, in ms. */
const SAID = 2000;

export type Copy = (number: string) => void;

/** What there is to say about the last copy, empty after a while; and how to copy. */
export function useCopy(): [said: string, copy: Copy] {
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
  const copy = useCallback((number: string) => {
    void write(number).then((done) => {
      setSaid(text(done ? 'menu.copied' : 'menu.notCopied'));
    });
  }, []);
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
