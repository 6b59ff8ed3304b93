// The catalogue of texts, typed. No sentence for people may be anywhere else in this folder.
import catalogue from '../../crates/view/text/en.json';

type Catalogue = typeof catalogue;
type Leaves<Part, Path extends string> = {
  [K in keyof Part & string]: Part[K] extends string ? `${Path}.${K}` : Leaves<Part[K], `${Path}.${K}`>;
}[keyof Part & string];

/** The key of a text: "section.name", or "section.group.name". */
export type Key = { [S in keyof Catalogue]: Leaves<Catalogue[S], S> }[keyof Catalogue];

const NUMBER = new Intl.NumberFormat('en-GB');

/** The blocks of letters of scripts from right to left; the same as in `words.rs`. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A value for a sentence: text from right to left is isolated, so that it does not reorder the words beside it. */
function isolated(value: string): string {
  return RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}

function find(key: Key): unknown {
  return key.split('.').reduce<unknown>((part, name) => (part as Readonly<Record<string, unknown>>)[name], catalogue);
}

/** The text of `key` with each `{name}` replaced; numbers get their thousands separator. */
export function text(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return String(find(key)).replace(/\{(\w+)\}/g, (hole, wanted: string) => {
    const value = values[wanted];
    if (value === undefined) return hole;
    return typeof value === 'number' ? NUMBER.format(value) : isolated(value);
  });
}
