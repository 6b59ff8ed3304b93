// What the dialog "What if…" shows: the states that can be tried, what the tables make of the chosen pair, and the
// recorded timeline with them. It only fetches; it never words anything. What is shown stays until something newer
// is there.
import type { ReplayAnswer } from '../../bindings/ReplayAnswer';
import type { WhatIfAnswer } from '../../bindings/WhatIfAnswer';
import type { WhatIfChoices } from '../../bindings/WhatIfChoices';
import type { WhatIfQuestion } from '../../bindings/WhatIfQuestion';
import type { SettingsPlatform } from '../../platform/platform';
import { Listeners, Query, type Read } from '../../query';

export type WhatIfPlatform = Pick<SettingsPlatform, 'whatIfChoices' | 'whatIf' | 'replay'>;

/** One state of the dialog; a new object for every change. */
export interface Shown {
  choices: Read<WhatIfChoices>;
  /** What is chosen; none until there are choices. */
  question: WhatIfQuestion | null;
  tried: Read<WhatIfAnswer | null>;
  replay: Read<ReplayAnswer>;
}

export class WhatIfStore {
  readonly #platform: WhatIfPlatform;
  readonly #listeners = new Listeners();
  readonly #choices = new Query(() => this.#readChoices());
  readonly #tried = new Query(() => this.#try());
  readonly #replay = new Query(() => this.#platform.replay());
  #question: WhatIfQuestion | null = null;
  #shown = this.#current();

  constructor(platform: WhatIfPlatform) {
    this.#platform = platform;
    for (const query of [this.#choices, this.#tried, this.#replay]) query.subscribe(this.#changed);
  }

  /** Ends all questions. */
  readonly close = (): void => {
    for (const query of [this.#choices, this.#tried, this.#replay]) query.close();
  };

  readonly subscribe = this.#listeners.subscribe;

  readonly shown = (): Shown => this.#shown;

  /** Reads the states that can be tried; the first of both sides are tried at once. */
  readonly read = (): void => {
    void this.#choices.run();
  };

  /** Tries another pair. */
  readonly choose = (changes: Partial<WhatIfQuestion>): void => {
    if (this.#question) this.#ask({ ...this.#question, ...changes });
  };

  /** Tries the chosen pair. */
  readonly tryPair = (): void => {
    void this.#tried.run();
  };

  /** Plays the recorded timeline again. */
  readonly play = (): void => {
    if (!this.#shown.replay.asking) void this.#replay.run();
  };

  #ask(question: WhatIfQuestion): void {
    this.#question = question;
    this.tryPair();
  }

  async #readChoices(): Promise<WhatIfChoices> {
    const choices = await this.#platform.whatIfChoices();
    const [connect] = choices.connect;
    const [teams] = choices.teams;
    if (!this.#question && connect && teams) {
      this.#ask({ connect: connect.id, connectIsOurs: false, teams: teams.id, teamsIsOurs: false });
    }
    return choices;
  }

  async #try(): Promise<WhatIfAnswer | null> {
    if (!this.#question) return null;
    const answer = await this.#platform.whatIf(this.#question);
    // One of the two states no longer exists, so the choices are old.
    if (answer.lines.length === 0) this.read();
    return answer;
  }

  #current(): Shown {
    return {
      choices: this.#choices.shown(),
      question: this.#question,
      tried: this.#tried.shown(),
      replay: this.#replay.shown(),
    };
  }

  readonly #changed = (): void => {
    this.#shown = this.#current();
    this.#listeners.emit();
  };
}
