// The catalogue of texts, typed. No sentence for people may stand anywhere else in this folder.
import catalogue from '../../crates/app/text/en.json';

type Catalogue = typeof catalogue;
type Leaves<S extends keyof Catalogue> = {
  [K in keyof Catalogue[S]]: Catalogue[S][K] extends string ? `${S}.${string & K}` : never;
}[keyof Catalogue[S]];

/** "section.name" of a text. */
export type Key = { [S in keyof Catalogue]: Leaves<S> }[keyof Catalogue];

const NUMBER = new Intl.NumberFormat('en-GB');
const sections: Readonly<Record<string, Readonly<Record<string, unknown>>>> = catalogue;

/** The text of `key` with each `{name}` replaced; numbers get their thousands separator. */
export function text(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  const [section = '', name = ''] = key.split('.');
  return String(sections[section]?.[name]).replace(/\{(\w+)\}/g, (hole, wanted: string) => {
    const value = values[wanted];
    if (value === undefined) return hole;
    return typeof value === 'number' ? NUMBER.format(value) : value;
  });
}
