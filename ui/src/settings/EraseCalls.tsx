// The question before all recent calls are erased. *Cancel*, its first button, has the focus at first.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';

import { text } from '../text';

/** `close` is called with true if the calls are to be erased. */
export function EraseCalls({ close }: { close: (erase: boolean) => void }) {
  return (
    <Dialog
      open
      modalType="alert"
      onOpenChange={() => {
        close(false);
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{text('callsPage.eraseQuestion')}</DialogTitle>
          <DialogContent>{text('callsPage.eraseWords')}</DialogContent>
          <DialogActions>
            <Button
              onClick={() => {
                close(false);
              }}
            >
              {text('callsPage.cancel')}
            </Button>
            <Button
              appearance="primary"
              onClick={() => {
                close(true);
              }}
            >
              {text('callsPage.eraseAll')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
