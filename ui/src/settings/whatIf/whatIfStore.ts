// The state of the dialog "What if…": the states that can be tried, the result of the chosen pair, and the recorded
// timeline with the tables. It only fetches; it writes no texts. What is shown stays until something newer arrives.
import type { ReplayAnswer } from '../../bindings/ReplayAnswer';
import type { WhatIfAnswer } from '../../bindings/WhatIfAnswer';
import type { WhatIfChoices } from '../../bindings/WhatIfChoices';
import type { WhatIfQuestion } from '../../bindings/WhatIfQuestion';
import type { SettingsPlatform } from '../../platform/platform';
import { Listeners, Query, type QueryState } from '../../query';

export type WhatIfPlatform = Pick<SettingsPlatform, 'whatIfChoices' | 'whatIf' | 'replay'>;

/** One state of the dialog; a new object for every change. */
export interface WhatIfState {
  choices: QueryState<WhatIfChoices>;
  /** What is chosen; none until there are choices. */
  question: WhatIfQuestion | null;
  tried: QueryState<WhatIfAnswer | null>;
  replay: QueryState<ReplayAnswer>;
}

export class WhatIfStore {
  readonly #platform: WhatIfPlatform;
  readonly #listeners = new Listeners();
  readonly #choices = new Query(() => this.#readChoices());
  readonly #tried = new Query(() => this.#try());
  readonly #replay = new Query(() => this.#platform.replay());
  #question: WhatIfQuestion | null = null;
  #state = this.#current();

  constructor(platform: WhatIfPlatform) {
    this.#platform = platform;
    for (const query of [this.#choices, this.#tried, this.#replay]) query.subscribe(this.#changed);
  }

  /** Drops every request that is in progress. */
  readonly close = (): void => {
    for (const query of [this.#choices, this.#tried, this.#replay]) query.close();
  };

  readonly subscribe = this.#listeners.subscribe;

  readonly snapshot = (): WhatIfState => this.#state;

  /** Reads the states that can be tried; the first of both sides are tried at once. */
  readonly read = (): void => {
    void this.#choices.refetch();
  };

  /** Tries another pair. */
  readonly choose = (changes: Partial<WhatIfQuestion>): void => {
    if (this.#question) this.#setQuestion({ ...this.#question, ...changes });
  };

  /** Tries the chosen pair. */
  readonly tryPair = (): void => {
    void this.#tried.refetch();
  };

  /** Plays the recorded timeline again. */
  readonly play = (): void => {
    if (!this.#state.replay.loading) void this.#replay.refetch();
  };

  #setQuestion(question: WhatIfQuestion): void {
    this.#question = question;
    this.tryPair();
  }

  async #readChoices(): Promise<WhatIfChoices> {
    const choices = await this.#platform.whatIfChoices();
    const [connect] = choices.connect;
    const [teams] = choices.teams;
    if (!this.#question && connect && teams) {
      this.#setQuestion({ connect: connect.id, connectIsOurs: false, teams: teams.id, teamsIsOurs: false });
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

  #current(): WhatIfState {
    return {
      choices: this.#choices.snapshot(),
      question: this.#question,
      tried: this.#tried.snapshot(),
      replay: this.#replay.snapshot(),
    };
  }

  readonly #changed = (): void => {
    this.#state = this.#current();
    this.#listeners.emit();
  };
}
