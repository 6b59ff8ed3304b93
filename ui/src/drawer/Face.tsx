// Somebody's avatar with the badge: the initials, and the photo as soon as it has arrived.
import { Avatar } from '@fluentui/react-components';
import { useContext } from 'react';

import type { Badge } from '../bindings/Badge';
import { Compact } from './compact';
import { usePhoto, type Photos } from './photos';
import { hue, PRESENCE } from './words';

interface Props {
  /** The id of the row. */
  id: string;
  name: string;
  /** The version of the photo; none: initials. */
  photo: string | null;
  badge: Badge;
  /** False: the avatar is grey. */
  there: boolean;
  photos: Photos;
  /** In px; by default that of a row. */
  size?: 24 | 32 | 36;
}

export function Face({ id, name, photo, badge, there, photos, size }: Props) {
  const ofRow = useContext(Compact) ? 24 : 32;
  const picture = usePhoto(photos, id, photo);
  return (
    <Avatar
      name={name}
      size={size ?? ofRow}
      color={there ? hue(id) : 'neutral'}
      badge={{ status: PRESENCE[badge] }}
      image={picture === null ? undefined : { src: picture }}
      aria-hidden="true"
    />
  );
}
