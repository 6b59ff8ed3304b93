// Whether rows of the list are lower. Their height is a token of the drawer; this is for what takes a number.
import { createContext } from 'react';

export const Compact = createContext(false);
