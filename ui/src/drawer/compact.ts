// Whether the list has compact rows. Their height is a CSS token; this is for components that take a number.
import { createContext } from 'react';

export const Compact = createContext(false);
