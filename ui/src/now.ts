// The time as React state: one shared timer for each period, aligned to it, stopped while nobody looks.
import { useCallback, useSyncExternalStore } from 'react';

interface Ticker {
  /** The start of the current period, in ms. */
  now: number;
  listeners: Set<() => void>;
  timer: ReturnType<typeof setTimeout>;
}

const tickers = new Map<number, Ticker>();

function startOf(period: number): number {
  const now = Date.now();
  return now - (now % period);
}

function start(period: number): Ticker {
  const next = () =>
    setTimeout(
      () => {
        ticker.now = startOf(period);
        ticker.timer = next();
        for (const listener of ticker.listeners) listener();
      },
      period - (Date.now() % period),
    );
  const ticker: Ticker = { now: startOf(period), listeners: new Set(), timer: next() };
  tickers.set(period, ticker);
  return ticker;
}

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
