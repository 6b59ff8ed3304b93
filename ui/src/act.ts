// How a part of a page requests an action. It does not know how the action is carried out.
import type { Action } from './bindings/Action';

/** Requests an action of the controller. */
export type Act = (action: Action) => void;
