// The time as React state: one shared timer for each period, aligned to it, and stopped while the page is hidden.
import { useCallback, useSyncExternalStore } from 'react';

interface Ticker {
  /** The start of the current period, in ms. */
  now: number;
  listeners: Set<() => void>;
  /** None while the page is hidden. */
  timer: ReturnType<typeof setTimeout> | undefined;
}

const tickers = new Map<number, Ticker>();

function startOf(period: number): number {
  const now = Date.now();
  return now - (now % period);
}

function run(ticker: Ticker, period: number): void {
  ticker.timer = setTimeout(
    () => {
      tick(ticker, period);
    },
    period - (Date.now() % period),
  );
}

function tick(ticker: Ticker, period: number): void {
  ticker.now = startOf(period);
  run(ticker, period);
  for (const listener of ticker.listeners) listener();
}

function start(period: number): Ticker {
  const ticker: Ticker = { now: startOf(period), listeners: new Set(), timer: undefined };
  if (!document.hidden) run(ticker, period);
  tickers.set(period, ticker);
  return ticker;
}

// A closed window is only hidden, so the timers stop then.
document.addEventListener('visibilitychange', () => {
  for (const [period, ticker] of tickers) {
    clearTimeout(ticker.timer);
    if (!document.hidden) tick(ticker, period);
  }
});

function subscribe(period: number, listener: () => void): () => void {
  const ticker = tickers.get(period) ?? start(period);
  ticker.listeners.add(listener);
  return () => {
    ticker.listeners.delete(listener);
    if (ticker.listeners.size > 0) return;
    clearTimeout(ticker.timer);
    tickers.delete(period);
  };
}

/** The start of the current period (`MINUTE`, `SECOND`), in ms; renders again when the next one begins. */
export function useNow(period: number): number {
  return useSyncExternalStore(
    useCallback((listener: () => void) => subscribe(period, listener), [period]),
    () => tickers.get(period)?.now ?? startOf(period),
  );
}
