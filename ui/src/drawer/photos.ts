// The photos of the rows. A row never waits for one: it shows initials until the photo is there, and for good if
// there is none or it cannot be read. Only pictures that come inside of the answer are taken; nothing is loaded.
import { useEffect, useSyncExternalStore } from 'react';

import { Listeners } from '../query';
import type { Platform } from '../platform/platform';

/** At most so many photos are kept. */
export const MOST = 500;

interface Photo {
  /** The version that was asked for last. */
  version: string;
  /** The newest picture there is, perhaps of the version before; none where there is none. */
  picture: string | null;
}

export class Photos {
  readonly #platform: Pick<Platform, 'photo'>;
  readonly #listeners = new Listeners();
  /** By row, those that were not wanted for the longest time first. */
  readonly #kept = new Map<string, Photo>();

  constructor(platform: Pick<Platform, 'photo'>) {
    this.#platform = platform;
  }

  readonly subscribe = this.#listeners.subscribe;

  /** The picture of a row, if it is there; the one before until a newer version is. */
  shown(person: string): string | null {
    return this.#kept.get(person)?.picture ?? null;
  }

  /** Sees to it that this version is there soon. */
  want(person: string, version: string): void {
    const kept = this.#kept.get(person);
    // Deleted first, so that it is the last to go.
    this.#kept.delete(person);
    this.#kept.set(person, { version, picture: kept?.picture ?? null });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
    if (kept?.version !== version) void this.#read(person, version);
  }

  async #read(person: string, version: string): Promise<void> {
    const picture = await this.#platform.photo(person, version).catch(() => null);
    // Meanwhile another version was asked for, or too many others were.
    if (this.#kept.get(person)?.version !== version) return;
    this.#kept.set(person, { version, picture: picture?.startsWith('data:image/') ? picture : null });
    this.#listeners.emit();
  }
}

/** The photo of a row as far as it is there; none without a version. */
export function usePhoto(photos: Photos, person: string, version: string | null): string | null {
  useEffect(() => {
    if (version !== null) photos.want(person, version);
  }, [photos, person, version]);
  return useSyncExternalStore(photos.subscribe, () => (version === null ? null : photos.shown(person)));
}
