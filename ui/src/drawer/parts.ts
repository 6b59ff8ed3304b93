// Keeps the objects of the previous view for the parts that have not changed, so that React does not render them again.
// Pure.
import type { View } from '../bindings/View';
import { MINUTE } from '../time';

/** When each part was first fetched with its current value, in ms. Updated once a minute, for texts that say how long. */
export type Since = Readonly<Partial<Record<keyof View, number>>>;

interface Kept<V> {
  view: V;
  since: Since;
}

/** A view that was fetched at `now`, with the objects of the view before for the parts that are equal. */
export function keepParts(view: View, before: Kept<View | null>, now: number): Kept<View> {
  const known = before.view;
  const isYoung = (part: keyof View) => now - (before.since[part] ?? 0) < MINUTE;
  const isKept = (part: keyof View) => known !== null && JSON.stringify(known[part]) === JSON.stringify(view[part]);
  const parts = Object.keys(view) as (keyof View)[];
  const kept = parts.filter(isKept);
  return {
    view: { ...view, ...Object.fromEntries(kept.map((part) => [part, known?.[part]])) },
    since: { ...Object.fromEntries(parts.map((part) => [part, now])), ...pick(before.since, kept.filter(isYoung)) },
  };
}

function pick(since: Since, parts: readonly (keyof View)[]): Since {
  return Object.fromEntries(parts.map((part) => [part, since[part]]));
}
