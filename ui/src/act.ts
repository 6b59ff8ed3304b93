// How a part of a page asks for something. It does not know who answers.
import type { Action } from './bindings/Action';

/** Asks the controller for something. */
export type Act = (action: Action) => void;
