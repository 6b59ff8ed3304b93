// The text of the search field. Rust searches; this only decides when a search is sent.
import { useEffect, useState } from 'react';

import type { Act } from '../act';

/** How long after the last key the search is sent, in ms. */
const PAUSE = 60;

export interface Search {
  /** What is in the field. */
  text: string;
  /** The text that was sent last. */
  asked: string;
  type: (text: string) => void;
}

export function useSearch(act: Act): Search {
  const [text, type] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    if (text === asked) return;
    const timer = setTimeout(() => {
      setAsked(text);
      act({ search: { text } });
    }, PAUSE);
    return () => {
      clearTimeout(timer);
    };
  }, [text, asked, act]);
  return { text, asked, type };
}

/** The value once it has not changed for `ms`, so that a screen reader does not announce every intermediate value. */
export function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, ms);
    return () => {
      clearTimeout(timer);
    };
  }, [value, ms]);
  return settled;
}
