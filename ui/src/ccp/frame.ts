// What the frame shows in place of the CCP. Only a page of the CCP's own origin may look.

type Frame = Pick<HTMLIFrameElement, 'contentWindow'>;

/**
 * True when the frame was led away from the CCP, to a login page of the instance or of another site. A host page of
 * another origin than the CCP's hears nothing, and never says so.
 */
export function showsLogin(frame: Frame | null, ccpUrl: string, host: string = location.origin): boolean {
  const ccp = new URL(ccpUrl);
  if (!frame?.contentWindow || ccp.origin !== host) return false;
  try {
    const { href } = frame.contentWindow.location;
    // Where nothing was loaded there is no page yet.
    return href !== 'about:blank' && inner(new URL(href)) !== inner(ccp);
  } catch {
    return true;
  }
}

// The CCP of an instance answers at its root and in the folder `connect`, with and without a closing slash.
function inner({ pathname }: URL): string {
  return pathname.replace(/^\/connect(?=\/)/, '').split('/')[1] ?? '';
}
