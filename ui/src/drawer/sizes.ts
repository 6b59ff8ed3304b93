// The heights of rows and heads of the list, measured from the CSS tokens of the list, so that they follow the text size.
import { useLayoutEffect, useState, type RefObject } from 'react';

/** The heights of a row and of a head, in px. */
export interface Sizes {
  row: number;
  head: number;
}

/** The values of the tokens at the default text size. */
const DEFAULT: Sizes = { row: 44, head: 32 };

/** The sizes, measured on this element: its first child is as high as a row, its second as high as a head. */
export function useSizes(measure: RefObject<HTMLElement | null>): Sizes {
  const [sizes, setSizes] = useState(DEFAULT);
  useLayoutEffect(() => {
    const element = measure.current;
    if (!element) return;
    const read = () => {
      const [row, head] = [...element.children].map((child) => child.getBoundingClientRect().height);
      // A page that is not rendered has no sizes.
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
