import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ReadSequence, useChosen } from '../src/chosen';
import { nextSequence } from '../src/query';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A control, and the platform's half of it. */
class Control {
  readonly #sent: { resolve: () => void; reject: (reason: Error) => void }[] = [];
  readonly #send = () => new Promise<void>((resolve, reject) => this.#sent.push({ resolve, reject }));
  readonly #view;

  constructor(value: string) {
    this.#view = render(this.#page(value));
  }

  get shown(): string {
    return screen.getByRole('button').textContent;
  }

  choose(): void {
    act(() => {
      screen.getByRole('button').click();
    });
  }

  /** The platform has the choice. */
  async takes(choice: number): Promise<void> {
    this.#sent[choice]?.resolve();
    await act(() => vi.advanceTimersByTimeAsync(1));
  }

  async refuses(choice: number): Promise<void> {
    this.#sent[choice]?.reject(new Error('ending'));
    await act(() => vi.advanceTimersByTimeAsync(1));
  }

  /** An answer to a question that is put now. */
  reads(value: string, at = nextSequence()): void {
    this.#view.rerender(this.#page(value, at));
  }

  #page(value: string, at = nextSequence()) {
    return (
      <ReadSequence value={at}>
        <Chooser value={value} send={this.#send} />
      </ReadSequence>
    );
  }
}

function Chooser({ value, send }: { value: string; send: (chosen: string) => Promise<void> }) {
  const [shown, choose] = useChosen(value, send);
  return (
    <button
      type="button"
      onClick={() => {
        choose(`${shown}+`);
      }}
    >
      {shown}
    </button>
  );
}

describe('a control', () => {
  it('shows the choice until it is answered', async () => {
    const control = new Control('off');
    control.choose();
    expect(control.shown).toBe('off+');
    await control.takes(0);
    expect(control.shown).toBe('off+');
    control.reads('on');
    expect(control.shown).toBe('on');
  });

  it('does not snap back for an answer to a request from before the choice was accepted', async () => {
    const control = new Control('off');
    control.choose();
    const before = nextSequence();
    await control.takes(0);
    control.reads('off', before);
    expect(control.shown).toBe('off+');
    control.reads('off+');
    expect(control.shown).toBe('off+');
  });

  it('shows the old value again if the choice was refused', async () => {
    const control = new Control('off');
    control.choose();
    await control.takes(0);
    control.reads('off');
    expect(control.shown).toBe('off');
    control.choose();
    await control.refuses(1);
    expect(control.shown).toBe('off');
  });

  it('keeps the second of two quick choices while the first one is answered', async () => {
    const control = new Control('off');
    control.choose();
    control.choose();
    expect(control.shown).toBe('off++');
    await control.takes(0);
    control.reads('off+');
    expect(control.shown).toBe('off++');
    await control.takes(1);
    control.reads('off++');
    expect(control.shown).toBe('off++');
  });
});
