// How long and how old, in words. Pure: the time comes in as milliseconds since 1970.
import { text } from './text';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Span {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

// A clock that was set back must not show a negative time.
function span(from: number, now: number): Span {
  const past = Math.max(0, now - from);
  return {
    days: Math.floor(past / DAY),
    hours: Math.floor(past / HOUR),
    minutes: Math.floor(past / MINUTE),
    seconds: Math.floor(past / SECOND),
  };
}

/** "Just now", "12 min", "1 h", "1 h 5 min", from 10 h "16 h", from 24 h "2 days". */
export function duration(from: number, now: number): string {
  const { days, hours, minutes } = span(from, now);
  if (days === 1) return text('time.day');
  if (days > 1) return text('time.days', { days });
  if (hours >= 10 || (hours > 0 && minutes % 60 === 0)) return text('time.hours', { hours });
  if (hours > 0) return text('time.hoursMinutes', { hours, minutes: minutes % 60 });
  if (minutes > 0) return text('time.minutes', { minutes });
  return text('time.justNow');
}

/** The same duration for a screen reader: "4 minutes", "1 hour 5 minutes". */
export function spokenDuration(from: number, now: number): string {
  const { days, hours, minutes } = span(from, now);
  if (days > 0) return days === 1 ? text('spoken.day') : text('spoken.days', { days });
  const inHours = hours === 1 ? text('spoken.hour') : text('spoken.hours', { hours });
  const rest = minutes % 60;
  const inMinutes = rest === 1 ? text('spoken.minute') : text('spoken.minutes', { minutes: rest });
  if (hours >= 10 || (hours > 0 && rest === 0)) return inHours;
  if (hours > 0) return text('spoken.hoursMinutes', { hours: inHours, minutes: inMinutes });
  return minutes > 0 ? inMinutes : text('spoken.justNow');
}

/** "4 s old", "2 min old", "3 h old", "2 days old". */
export function age(from: number, now: number): string {
  return text('time.old', { age: rough(from, now) });
}

/** "4 s ago", "2 min ago", "3 h ago", "2 days ago". */
export function ago(from: number, now: number): string {
  return text('time.ago', { age: rough(from, now) });
}

function rough(from: number, now: number): string {
  const { days, hours, minutes, seconds } = span(from, now);
  if (days === 1) return text('time.day');
  if (days > 1) return text('time.days', { days });
  if (hours > 0) return text('time.hours', { hours });
  if (minutes > 0) return text('time.minutes', { minutes });
  return text('time.seconds', { seconds });
}

/** Whole seconds until `at`, never below 0. */
export function secondsUntil(at: number, now: number): number {
  return Math.max(0, Math.ceil((at - now) / SECOND));
}

/** "0:07", "3:42", "1:02:05". */
export function counter(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const rest = pad(whole % 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** "14:02", local, 24 h. */
export function clockTime(at: number): string {
  const date = new Date(at);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
