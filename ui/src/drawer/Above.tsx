// What appears above the list: banner, call bar, incoming calls, missed calls. When a part disappears, its focus moves to
// the part next to it. Each incoming call is announced once.
import { memo, useEffect, useLayoutEffect, useMemo, useRef, type RefObject } from 'react';

import type { Act } from '../act';
import type { View } from '../bindings/View';
import styles from './Above.module.css';
import { Banner } from './Banner';
import { CallBar } from './CallBar';
import { Answered, Cards, Announced } from './Incoming';
import { MissedRows, MissedAnnounced } from './Missed';
import type { Photos } from './photos';
import { useIgnoreMovedButtons } from './presses';
import type { Since } from './parts';

interface Props {
  view: View;
  /** When each part was first fetched with its current value, in ms. */
  since: Since;
  photos: Photos;
  act: Act;
  /** Focuses the list below. */
  focusList: () => void;
  ref: RefObject<HTMLDivElement | null>;
}

// None is rendered again while its data is the same.
const Parts = {
  Banner: memo(Banner),
  CallBar: memo(CallBar),
  Answered: memo(Answered),
  Cards: memo(Cards),
  MissedRows: memo(MissedRows),
};

export function Above({ view, since, photos, act, focusList, ref }: Props) {
  const { banner, call, incoming, missed } = view;
  const [ringing, answered] = useMemo(
    () => [incoming.filter((one) => one.answered === null), incoming.filter((one) => one.answered !== null)],
    [incoming],
  );
  useFocusOfParts(ref, focusList);
  useIgnoreMovedButtons(ref);
  return (
    <>
      <div ref={ref} className={styles.above}>
        {/* Another banner is another element, so that it is read out. */}
        {banner && <Parts.Banner key={banner.title} banner={banner} act={act} />}
        {call && <Parts.CallBar call={call} fetchedAt={since.call ?? 0} photos={photos} act={act} />}
        {answered.length > 0 && <Parts.Answered calls={answered} fetchedAt={since.incoming ?? 0} photos={photos} />}
        {ringing.length > 0 && <Parts.Cards calls={ringing} fetchedAt={since.incoming ?? 0} photos={photos} />}
        {missed.length > 0 && <Parts.MissedRows calls={missed} fetchedAt={since.missed ?? 0} act={act} />}
      </div>
      <Announced calls={ringing} />
      <MissedAnnounced calls={missed} />
    </>
  );
}

/**
 * When a button with the focus disappears, focuses the part that it was in, or the part next to it: the focus would be lost.
 * `useFocusHome` does not know which part is next, and comes later: in an observer, where this runs in the commit.
 */
function useFocusOfParts(region: RefObject<HTMLElement | null>, leave: () => void): void {
  const had = useRef<{ part: HTMLElement; index: number } | null>(null);
  useLayoutEffect(() => {
    const element = region.current;
    if (!had.current || !element || document.activeElement !== document.body) return;
    const { part, index } = had.current;
    const parts = partsOf(element);
    // The part and not a button in it: the second of two quick presses of Enter must not press another button.
    const next = part.isConnected ? part : (parts[index] ?? parts.at(-1));
    if (next) next.focus();
    else leave();
  });
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const index = (target: EventTarget | null) => partsOf(element).findIndex((part) => part.contains(target as Node));
    const focused = ({ target }: FocusEvent) => {
      const at = index(target);
      const part = partsOf(element)[at];
      had.current = part ? { part, index: at } : null;
    };
    // A press elsewhere leaves the parts, even if nothing there takes the focus.
    const pressed = ({ target }: PointerEvent) => {
      if (index(target) < 0) had.current = null;
    };
    document.addEventListener('focusin', focused);
    window.addEventListener('pointerdown', pressed);
    return () => {
      document.removeEventListener('focusin', focused);
      window.removeEventListener('pointerdown', pressed);
    };
  }, [region]);
}

function partsOf(region: HTMLElement): HTMLElement[] {
  return [...region.children].filter((part) => part instanceof HTMLElement);
}
