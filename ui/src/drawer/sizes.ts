// How high rows and heads of the list are: measured from the tokens of the list, so that the places of the rows follow
// the size of the text.
import { useLayoutEffect, useState, type RefObject } from 'react';

/** The heights of a row and of a head, in px. */
export interface Sizes {
  row: number;
  head: number;
}

/** What the tokens say while the text has its usual size. */
const USUAL: Sizes = { row: 44, head: 32 };

/** The sizes of a list whose measure is this element: one child as high as a row, and one as high as a head. */
export function useSizes(measure: RefObject<HTMLElement | null>): Sizes {
  const [sizes, setSizes] = useState(USUAL);
  useLayoutEffect(() => {
    const element = measure.current;
    if (!element) return;
    const read = () => {
      const [row, head] = [...element.children].map((child) => child.getBoundingClientRect().height);
      // A page that is not drawn has no sizes.
      if (!row || !head) return;
      setSizes((before) => (before.row === row && before.head === head ? before : { row, head }));
    };
    read();
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [measure]);
  return sizes;
}
