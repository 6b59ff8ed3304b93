// Copies a number or other words, and shows a notice about it.
import { useCallback, useEffect, useState } from 'react';

import { text } from '../text';

/** How long a notice is shown, in ms. */
const SHOWN = 2000;

/** The notice about a copy that succeeded, and about one that failed. */
const WORDS = {
  number: ['menu.copied', 'menu.notCopied'],
  text: ['copy.done', 'copy.failed'],
  report: ['doctorPage.copied', 'doctorPage.notCopied'],
} as const;

/** Copies. `near` is where the notice is shown: the id of a row, or `OWN`; without it, at the foot. */
export type Copy = (words: string, what?: keyof typeof WORDS, near?: string) => void;

/** The own header. */
export const OWN = 'own';

/** The notice about a copy. */
export interface CopyNotice {
  words: string;
  /** Where it is shown: the id of a row, or `OWN`; none: at the foot. */
  near: string | undefined;
  /** Distinguishes two copies of the same. */
  count: number;
}

/** The words of the notice at one place; empty if it is shown elsewhere or not at all. */
export function noticeAt(notice: CopyNotice | null, near?: string): string {
  return notice && notice.near === near ? notice.words : '';
}

/** The words of the notice about the last copy, empty after a while; and how to copy. */
export function useCopy(): [notice: string, copy: Copy] {
  const [notice, copy] = useCopyNear();
  return [notice?.words ?? '', copy];
}

/** The same for a page that shows the notice next to what was pressed. */
export function useCopyNear(): [notice: CopyNotice | null, copy: Copy] {
  const [notice, setNotice] = useState<CopyNotice | null>(null);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => {
      setNotice(null);
    }, SHOWN);
    return () => {
      clearTimeout(timer);
    };
  }, [notice]);
  const copy = useCallback<Copy>((words, what = 'number', near) => {
    void write(words).then((done) => {
      setNotice((before) => ({ words: text(WORDS[what][done ? 0 : 1]), near, count: (before?.count ?? 0) + 1 }));
    });
  }, []);
  return [notice, copy];
}

async function write(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return writeBySelection(words);
  }
}

/** The older way, for a web view that does not give its pages access to the clipboard. */
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
