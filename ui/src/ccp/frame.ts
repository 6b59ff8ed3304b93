// Whether the frame shows a login page in place of the CCP. Only a page of the CCP's own origin can check it.

type Frame = Pick<HTMLIFrameElement, 'contentWindow'>;

/**
 * True if the frame was redirected from the CCP to a login page of the instance or of another site. Always false for a host
 * page of another origin than the CCP.
 */
export function showsLogin(frame: Frame | null, ccpUrl: string, host: string = location.origin): boolean {
  const ccp = new URL(ccpUrl);
  if (!frame?.contentWindow || ccp.origin !== host) return false;
  try {
    const { href } = frame.contentWindow.location;
    // Nothing was loaded yet.
    return href !== 'about:blank' && pageOf(new URL(href)) !== pageOf(ccp);
  } catch {
    return true;
  }
}

// The CCP of an instance answers at its root and in the folder `connect`, with and without a closing slash.
function pageOf({ pathname }: URL): string {
  return pathname.replace(/^\/connect(?=\/)/, '').split('/')[1] ?? '';
}
