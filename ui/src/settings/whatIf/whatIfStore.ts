// What the dialog "What if…" shows: the states that can be tried, what the tables make of the chosen pair, and the
// recorded timeline with them. It only fetches; it never words anything. What is shown stays until something newer
// is there.
import type { ReplayAnswer } from '../../bindings/ReplayAnswer';
import type { WhatIfAnswer } from '../../bindings/WhatIfAnswer';
import type { WhatIfChoices } from '../../bindings/WhatIfChoices';
import type { WhatIfQuestion } from '../../bindings/WhatIfQuestion';
import { Listeners } from '../../follow';
import type { SettingsPlatform } from '../../platform/platform';

export type WhatIfPlatform = Pick<SettingsPlatform, 'whatIfChoices' | 'whatIf' | 'replay'>;

/** A question and what came of it. */
export interface Asked<T> {
  /** True while an answer is awaited. */
  asking: boolean;
  /** True when the last question had no answer. */
  failed: boolean;
  /** The last answer; none before the first, and after a failure. */
  answer: T | null;
}

/** One state of the dialog; a new object for every change. */
export interface Shown {
  choices: Asked<WhatIfChoices>;
  /** What is chosen; none until there are choices. */
  question: WhatIfQuestion | null;
  tried: Asked<WhatIfAnswer>;
  replay: Asked<ReplayAnswer>;
}

export class WhatIfStore {
  readonly #platform: WhatIfPlatform;
  readonly #listeners = new Listeners();
  readonly #choices = new Newest<WhatIfChoices>((choices) => {
    this.#show({ choices });
  });
  readonly #tried = new Newest<WhatIfAnswer>((tried) => {
    this.#show({ tried });
  });
  readonly #replay = new Newest<ReplayAnswer>((replay) => {
    this.#show({ replay });
  });
  #shown: Shown = {
    choices: this.#choices.asked,
    question: null,
    tried: this.#tried.asked,
    replay: this.#replay.asked,
  };

  constructor(platform: WhatIfPlatform) {
    this.#platform = platform;
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly shown = (): Shown => this.#shown;

  /** Reads the states that can be tried; the first of both sides are tried at once. */
  readonly read = async (): Promise<void> => {
    const choices = await this.#choices.ask(this.#platform.whatIfChoices());
    const [connect] = choices?.connect ?? [];
    const [teams] = choices?.teams ?? [];
    if (this.#shown.question || !connect || !teams) return;
    this.#show({
      question: { connect: connect.id, connectIsOurs: false, teams: teams.id, teamsIsOurs: false },
    });
    await this.tryPair();
  };

  /** Tries another pair. */
  readonly choose = (changes: Partial<WhatIfQuestion>): void => {
    if (!this.#shown.question) return;
    this.#show({ question: { ...this.#shown.question, ...changes } });
    void this.tryPair();
  };

  /** Tries the chosen pair. */
  readonly tryPair = async (): Promise<void> => {
    const { question } = this.#shown;
    if (!question) return;
    const answer = await this.#tried.ask(this.#platform.whatIf(question));
    // One of the two is not known any more, so the choices are old.
    if (answer?.lines.length === 0) await this.read();
  };

  /** Plays the recorded timeline again. */
  readonly play = (): void => {
    if (!this.#shown.replay.asking) void this.#replay.ask(this.#platform.replay());
  };

  #show(changes: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...changes };
    this.#listeners.tell();
  }
}

/** Of several questions only the newest counts: an answer to an older one, however late, is dropped. */
class Newest<T> {
  asked: Asked<T> = { asking: false, failed: false, answer: null };
  readonly #changed: (asked: Asked<T>) => void;
  #number = 0;

  constructor(changed: (asked: Asked<T>) => void) {
    this.#changed = changed;
  }

  /** The answer; none where it failed or came too late. */
  async ask(answering: Promise<T>): Promise<T | null> {
    this.#number += 1;
    const number = this.#number;
    this.#change({ ...this.asked, asking: true });
    const answer = await answering.catch(() => null);
    if (number !== this.#number) return null;
    this.#change({ asking: false, failed: answer === null, answer });
    return answer;
  }

  #change(asked: Asked<T>): void {
    this.asked = asked;
    this.#changed(asked);
  }
}
