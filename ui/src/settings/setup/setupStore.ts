// The wizard as it stands, and the edits that it is sent. It only fetches; what an edit means is decided in Rust.
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';

import type { SetupEdit } from '../../bindings/SetupEdit';
import type { SetupPage } from '../../bindings/SetupPage';
import { follow, Listeners, Soon } from '../../follow';
import type { SettingsPlatform } from '../../platform/platform';

/** One state of the page; a new object for every change. */
export interface Shown {
  /** None until the first answer. */
  page: SetupPage | null;
  /** True when the last question had no answer. */
  failed: boolean;
}

export class SetupStore {
  readonly #platform: SettingsPlatform;
  readonly #listeners = new Listeners();
  readonly #soon = new Soon(() => void this.#read());
  #shown: Shown = { page: null, failed: false };
  #asking = false;

  constructor(platform: SettingsPlatform) {
    this.#platform = platform;
  }

  /** Starts to follow the platform; the answer stops it. */
  open(): () => void {
    return follow(this.#platform, this.refresh, this.#soon);
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly shown = (): Shown => this.#shown;

  /** Reads the page again, soon. */
  readonly refresh = (): void => {
    this.#soon.ask();
  };

  async #read(): Promise<void> {
    // One question at a time: the answers would be told in any order.
    if (this.#asking) {
      this.refresh();
      return;
    }
    this.#asking = true;
    try {
      this.#shown = { page: await this.#platform.setup(), failed: false };
    } catch {
      this.#shown = { ...this.#shown, failed: true };
    }
    this.#asking = false;
    this.#listeners.tell();
  }
}

export type Edit = (edit: SetupEdit) => void;

/** The wizard, how to edit it, and how to ask for it again. */
export function useSetup(platform: SettingsPlatform): [shown: Shown, edit: Edit, again: () => void] {
  const [store] = useState(() => new SetupStore(platform));
  const shown = useSyncExternalStore(store.subscribe, store.shown);
  useEffect(() => store.open(), [store]);
  const edit = useCallback<Edit>(
    (wanted) => {
      // What came of it is told by the next revision. A refusal means that the controller is ending.
      platform.act({ setup: { edit: wanted } }).then(store.refresh, () => undefined);
    },
    [platform, store],
  );
  return [shown, edit, store.refresh];
}
