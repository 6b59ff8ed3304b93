// Copies a number or other words, and says that it did.
import { useCallback, useEffect, useState } from 'react';

import { text } from '../text';

/** So long it is said, in ms. */
const SAID = 2000;

/** What is said of a copy that succeeded, and of one that failed. */
const WORDS = {
  number: ['menu.copied', 'menu.notCopied'],
  text: ['copy.done', 'copy.failed'],
  report: ['doctorPage.copied', 'doctorPage.notCopied'],
} as const;

/** Copies. `near` is where it was asked for: the id of a row, or `OWN`; none: it is said at the foot. */
export type Copy = (words: string, what?: keyof typeof WORDS, near?: string) => void;

/** The own header. */
export const OWN = 'own';

/** What there is to say about a copy. */
export interface Said {
  words: string;
  /** Where it is shown; none: at the foot. */
  near: string | undefined;
  /** Distinguishes two copies of the same. */
  count: number;
}

/** What is shown at one place; empty if there is nothing to say there. */
export function saidAt(said: Said | null, near?: string): string {
  return said && said.near === near ? said.words : '';
}

/** What there is to say about the last copy, empty after a while; and how to copy. */
export function useCopy(): [said: string, copy: Copy] {
  const [said, copy] = useCopyNear();
  return [said?.words ?? '', copy];
}

/** The same for a page that says it near to where it was asked for. */
export function useCopyNear(): [said: Said | null, copy: Copy] {
  const [said, setSaid] = useState<Said | null>(null);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => {
      setSaid(null);
    }, SAID);
    return () => {
      clearTimeout(timer);
    };
  }, [said]);
  const copy = useCallback<Copy>((words, what = 'number', near) => {
    void write(words).then((done) => {
      setSaid((before) => ({ words: text(WORDS[what][done ? 0 : 1]), near, count: (before?.count ?? 0) + 1 }));
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
