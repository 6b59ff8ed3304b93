//! Opens the hidden CCP window: a light page of the Connect instance, or our own page if its origin is approved. Our
//! script loads the unchanged amazon-connect-streams library into it. The page may call one command only, and its
//! messages are untrusted.

#[cfg_attr(target_os = "linux", path = "ccp/linux.rs")]
#[cfg_attr(target_os = "macos", path = "ccp/macos.rs")]
#[cfg_attr(windows, path = "ccp/windows.rs")]
mod watch;

use app::{
    Requests,
    host::{CcpPage, CcpPlan},
};
use net::Proxy;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use tauri::{
    AppHandle, Manager, WebviewUrl, WebviewWindowBuilder, ipc::CapabilityBuilder,
    utils::config::BackgroundThrottlingPolicy, webview::NewWindowResponse,
};
use url::Url;

use super::{
    CONNECT_PROFILE, destroy,
    gate::{Gate, LABEL},
    own_page, proxy,
};
use crate::folder::Folder;

/// The only permission of this window.
pub const PERMISSION: &str = "allow-ccp-event";

const STREAMS: &str = include_str!("../../../ui/dist-ccp/connect-streams-min.js");
const HOST_SCRIPT: &str = include_str!("../../../ui/dist-ccp/host.js");

/// Closes the window, if there is one, and opens it again.
pub async fn open(
    app: &AppHandle,
    requests: &Requests,
    folder: &Folder,
    plan: &CcpPlan,
    proxy: Option<&Proxy>,
) -> tauri::Result<()> {
    destroy(app, LABEL).await?;
    let gate = app.state::<Gate>();
    let instance = plan.origin.origin().ascii_serialization();
    let (page, address, origin) = match &plan.page {
        CcpPage::OfInstance(page) => (WebviewUrl::External(page.clone()), page.clone(), instance.clone()),
        CcpPage::Ours => {
            let address = own_page::address()?;
            (WebviewUrl::CustomProtocol(address.clone()), address, own_page::ORIGIN.to_owned())
        }
    };
    if let Some(id) = gate.missing_capability(&origin) {
        let capability = CapabilityBuilder::new(id).webview(LABEL).permission(PERMISSION);
        app.add_capability(match plan.page {
            // The pattern must end in `/*`: depending on the transport the check sees the origin or the whole address.
            CcpPage::OfInstance(_) => capability.local(false).remote(format!("{origin}/*")),
            CcpPage::Ours => capability.local(true),
        })?;
        gate.remember_capability(origin);
    }
    gate.set_framed(instance);
    let allowed = plan.origin.origin();
    let is_ours = plan.page == CcpPage::Ours;
    let builder = WebviewWindowBuilder::new(app, LABEL, proxy::first_page(page, proxy)?)
        .title("ConnectPath Teams: Connect session")
        .visible(false)
        .focused(false)
        .skip_taskbar(true)
        // macOS suspends a hidden page after some minutes, and this one is always hidden.
        .background_throttling(BackgroundThrottlingPolicy::Disabled)
        .data_directory(folder.profile(CONNECT_PROFILE)?)
        // Windows serves our own page from a host, and only an https origin can be approved.
        .use_https_scheme(true)
        .initialization_script(script(&plan.ccp, &gate.renew_token()))
        // Some systems call this for the CCP's frame too.
        .on_navigation(move |url| {
            url.origin() == allowed || url.scheme() == "about" || (is_ours && own_page::is_own_page(url))
        })
        .on_new_window(|_, _| NewWindowResponse::Deny);
    let window = proxy::prepare(builder, proxy).build()?;
    watch::watch(&window, requests.clone())?;
    proxy::apply(&window, proxy, &address)
}

/// Runs a script in the window's page. Without a window it does nothing: the caller waits for a message with a time
/// limit.
pub fn run(app: &AppHandle, script: String) -> tauri::Result<()> {
    app.get_webview_window(LABEL).map_or(Ok(()), |window| window.eval(script))
}

/// The window's script. It runs only in the top frame, because Windows adds it to every frame, and not on the blank page
/// with which a window may start.
fn script(ccp: &Url, token: &SecretString) -> String {
    let config = json!({ "ccpUrl": ccp, "token": token.expose_secret() });
    format!(
        "if (window.top === window && location.protocol !== 'about:') {{\nconst CONFIG = {config};\n{STREAMS}\n;\n{HOST_SCRIPT}\n}}"
    )
}

/// Closes the window, so that its page ends.
pub fn close(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL)
        && let Err(error) = window.destroy()
    {
        tracing::error!("the CCP window could not be closed: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_runs_in_the_top_frame_only_and_contains_its_configuration_as_json() {
        let ccp = Url::parse("https://contoso.my.connect.aws/ccp-v2/?a=\"</script>").expect("an address");
        let script = script(&ccp, &"secret".into());
        assert!(script.starts_with("if (window.top === window && location.protocol !== 'about:') {"));
        let line = script.lines().nth(1).expect("the configuration");
        let config = line.trim_start_matches("const CONFIG = ").trim_end_matches(';');
        let config: serde_json::Value = serde_json::from_str(config).expect("JSON");
        assert_eq!(config["ccpUrl"], ccp.as_str());
        assert_eq!(config["token"], "secret");
    }
}
