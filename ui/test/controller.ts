// A platform with the few rules of the controller that a page can see: who is searched for, favourites, sections,
// who is waited for; and answers that come late or not at all.
import type { Action } from '../src/bindings/Action';
import type { Line } from '../src/bindings/Line';
import type { Lines } from '../src/bindings/Lines';
import type { NumberLine } from '../src/bindings/NumberLine';
import type { PersonLine } from '../src/bindings/PersonLine';
import type { View } from '../src/bindings/View';
import { counts, FakePlatform, person } from './fake';

export interface Member {
  name: string;
  number?: NumberLine;
  department?: string;
  offline?: boolean;
}

export class FakeController extends FakePlatform {
  /** So long an answer is under way, in ms. */
  delay = 0;
  readonly #team: readonly Member[];
  /** Who is offline, as it is known now. */
  readonly #offline: Set<string>;
  /** Who was offline when the rows were last put in order. */
  #placed: ReadonlySet<string>;
  #held = false;
  readonly #favourites = new Set<string>();
  readonly #waiting = new Set<string>();
  #query = '';
  #hides = false;
  #grouped = false;
  #fails = 0;

  constructor(team: readonly Member[]) {
    super([]);
    this.#team = team;
    this.#offline = new Set(team.filter(({ offline }) => offline).map(({ name }) => name));
    this.#placed = new Set(this.#offline);
    this.#list();
  }

  /** The next questions have no answer. */
  failNext(count = 1): void {
    this.#fails = count;
  }

  override view(): Promise<View> {
    return this.#late(super.view());
  }

  override lines(start: number, count: number): Promise<Lines> {
    return this.#late(super.lines(start, count));
  }

  override act(action: Action): Promise<void> {
    if (action === 'toggleOffline') this.#hides = !this.#hides;
    else if (action === 'toggleDepartments') this.#grouped = !this.#grouped;
    else if (typeof action === 'object') {
      if ('search' in action) this.#query = action.search.text.trim().toLowerCase();
      if ('hold' in action) this.#held = action.hold.on;
      if ('favourite' in action) mark(this.#favourites, action.favourite);
      if ('tellWhenFree' in action) mark(this.#waiting, action.tellWhenFree);
    }
    this.#list();
    return super.act(action);
  }

  /** Somebody comes or goes; the rows move only if nobody is about to press one. */
  states(all: Readonly<Record<string, 'online' | 'offline'>>): void {
    for (const [name, state] of Object.entries(all)) {
      if (state === 'offline') this.#offline.add(name);
      else this.#offline.delete(name);
    }
    this.#list();
  }

  /** As the drawer's window closes: nothing is searched any more. */
  close(): void {
    this.seen(false);
    this.#query = '';
    this.#list();
  }

  async #late<T>(answer: Promise<T>): Promise<T> {
    if (this.delay > 0) await new Promise((resolve) => setTimeout(resolve, this.delay));
    this.#fails -= 1;
    if (this.#fails >= 0) throw new Error('no answer');
    return answer;
  }

  #list(): void {
    const matching = this.#team.filter(({ name }) => name.toLowerCase().includes(this.#query));
    if (!this.#held) this.#placed = new Set(this.#offline);
    const isLast = ({ name }: Member) => Number(this.#placed.has(name));
    const listed = matching
      .filter(({ name }) => !(this.#offline.has(name) && this.#hides) || this.#favourites.has(name))
      .sort((one, other) => isLast(one) - isLast(other));
    const [favourites, others] = [listed.filter(this.#isFavourite), listed.filter((one) => !this.#isFavourite(one))];
    const departments = [...new Set(others.map(({ department = '' }) => department))].sort();
    const lines = [
      ...this.#under({ is: 'section', section: 'favourites' }, favourites),
      ...(this.#grouped
        ? departments.flatMap((name) =>
            this.#under(
              { is: 'department', name },
              others.filter(({ department = '' }) => department === name),
            ),
          )
        : this.#under({ is: 'section', section: 'everyone' }, others)),
    ];
    const changes = {
      known: this.#team.length,
      found: this.#query ? matching.length : null,
      offlineHidden: this.#hides,
      grouped: this.#grouped,
    };
    this.change({ counts: counts(listed.length, changes) }, lines);
  }

  readonly #isFavourite = ({ name }: Member): boolean => this.#favourites.has(name);

  #under(head: Line, members: readonly Member[]): Line[] {
    const line = ({ name, number }: Member): Line => {
      const teams = { words: 'Offline', badge: 'offline', since: null } as const;
      const state: Partial<PersonLine> = this.#offline.has(name) ? { badge: 'offline', there: false, teams } : {};
      const numbers: Partial<PersonLine> = number ? { numbers: [number], callRefused: null } : {};
      const waits = this.#waiting.has(name) ? 'waiting' : 'no';
      return person(name, { name, favourite: this.#favourites.has(name), waits, ...state, ...numbers });
    };
    return members.length > 0 ? [head, ...members.map(line)] : [];
  }
}

function mark(all: Set<string>, { person: id, on }: { person: string; on: boolean }): void {
  if (on) all.add(id);
  else all.delete(id);
}
