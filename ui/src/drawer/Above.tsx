// All that comes and goes above the list: banner, call bar, calls that come in, calls that were missed. The focus of a
// part that goes away stays in the neighbourhood, and who calls is announced once.
import { memo, useEffect, useLayoutEffect, useMemo, useRef, type RefObject } from 'react';

import type { Act } from '../act';
import type { View } from '../bindings/View';
import styles from './Above.module.css';
import { Banner } from './Banner';
import { CallBar } from './CallBar';
import { Answered, Cards, Announced } from './Incoming';
import { MissedRows, MissedAnnounced } from './Missed';
import type { Photos } from './photos';
import { useMeant } from './presses';
import type { Since } from './parts';

interface Props {
  view: View;
  /** When each part of it was first fetched as it is, in ms. */
  since: Since;
  photos: Photos;
  act: Act;
  /** Gives the focus to what is below. */
  toList: () => void;
  ref: RefObject<HTMLDivElement | null>;
}

// None is drawn again while it says the same.
const Parts = {
  Banner: memo(Banner),
  CallBar: memo(CallBar),
  Answered: memo(Answered),
  Cards: memo(Cards),
  MissedRows: memo(MissedRows),
};

export function Above({ view, since, photos, act, toList, ref }: Props) {
  const { banner, call, incoming, missed } = view;
  const [ringing, answered] = useMemo(
    () => [incoming.filter((one) => one.answered === null), incoming.filter((one) => one.answered !== null)],
    [incoming],
  );
  useKeptFocus(ref, toList);
  useMeant(ref);
  return (
    <>
      <div ref={ref} className={styles.above}>
        {/* Another banner is another element, so that it is read out. */}
        {banner && <Parts.Banner key={banner.title} banner={banner} act={act} />}
        {call && <Parts.CallBar call={call} at={since.call ?? 0} photos={photos} act={act} />}
        {answered.length > 0 && <Parts.Answered calls={answered} at={since.incoming ?? 0} photos={photos} />}
        {ringing.length > 0 && <Parts.Cards calls={ringing} at={since.incoming ?? 0} photos={photos} />}
        {missed.length > 0 && <Parts.MissedRows calls={missed} at={since.missed ?? 0} act={act} />}
      </div>
      <Announced calls={ringing} />
      <MissedAnnounced calls={missed} />
    </>
  );
}

/** Keeps the focus in the part that had it when its button goes away, else in the next part: it would be lost. */
function useKeptFocus(region: RefObject<HTMLElement | null>, leave: () => void): void {
  const had = useRef<{ part: HTMLElement; index: number } | null>(null);
  useLayoutEffect(() => {
    const element = region.current;
    if (!had.current || !element || document.activeElement !== document.body) return;
    const { part, index } = had.current;
    const parts = partsOf(element);
    // The part and no button of it: the second Enter of two must not do a second thing.
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
    // Who presses anywhere else has left, even if nothing there takes the focus.
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
