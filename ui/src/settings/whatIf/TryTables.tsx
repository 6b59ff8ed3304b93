// The button that opens "What if…", and gets the focus back when the dialog closes.
import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { Beaker20Regular } from '@fluentui/react-icons';
import { useState } from 'react';

import { text } from '../../text';
import { WhatIf, type WhatIfPlatform } from './WhatIf';

export function TryTables({ platform }: { platform: WhatIfPlatform }) {
  const [trying, setTrying] = useState(false);
  const opener = useRestoreFocusTarget();
  return (
    <>
      <Button
        {...opener}
        appearance="subtle"
        icon={<Beaker20Regular />}
        onClick={() => {
          setTrying(true);
        }}
      >
        {text('whatIf.title')}
      </Button>
      {trying && (
        <WhatIf
          platform={platform}
          onClose={() => {
            setTrying(false);
          }}
        />
      )}
    </>
  );
}
