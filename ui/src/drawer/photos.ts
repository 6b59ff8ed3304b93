// The photos of the rows. A row never waits for one: it shows initials until the photo has arrived, or if there is none or
// it cannot be read. Only pictures inside the answer (`data:` URLs) are accepted; nothing is loaded from elsewhere.
import { useEffect, useSyncExternalStore } from 'react';

import { Listeners } from '../query';
import type { Platform } from '../platform/platform';

/** How many photos are kept at most. */
export const MOST = 500;

interface Photo {
  /** The version that was requested last. */
  version: string;
  /** The newest picture that has arrived, perhaps of an older version; none if there is none. */
  picture: string | null;
}

export class Photos {
  readonly #platform: Pick<Platform, 'photo'>;
  readonly #listeners = new Listeners();
  /** By row, the least recently requested first. */
  readonly #kept = new Map<string, Photo>();

  constructor(platform: Pick<Platform, 'photo'>) {
    this.#platform = platform;
  }

  readonly subscribe = this.#listeners.subscribe;

  /** The picture of a row, if it has arrived; an older one until the newer version arrives. */
  shown(person: string): string | null {
    return this.#kept.get(person)?.picture ?? null;
  }

  /** Fetches this version unless it was requested before. */
  request(person: string, version: string): void {
    const kept = this.#kept.get(person);
    // Deleted first, so that it moves to the end of the map and is dropped last.
    this.#kept.delete(person);
    this.#kept.set(person, { version, picture: kept?.picture ?? null });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
    if (kept?.version !== version) void this.#read(person, version);
  }

  async #read(person: string, version: string): Promise<void> {
    const picture = await this.#platform.photo(person, version).catch(() => null);
    // Meanwhile another version was requested, or this one was dropped.
    if (this.#kept.get(person)?.version !== version) return;
    this.#kept.set(person, { version, picture: picture?.startsWith('data:image/') ? picture : null });
    this.#listeners.emit();
  }
}

/** The photo of a row, if it has arrived; none without a version. */
export function usePhoto(photos: Photos, person: string, version: string | null): string | null {
  useEffect(() => {
    if (version !== null) photos.request(person, version);
  }, [photos, person, version]);
  return useSyncExternalStore(photos.subscribe, () => (version === null ? null : photos.shown(person)));
}
