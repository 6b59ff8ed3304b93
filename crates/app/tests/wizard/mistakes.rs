//! Every mistake that can be made in steps 1 and 2, and the text that is shown for it.

use sandbox::{
    Body, ClientSecret, Endpoint, Fault, IdTokenOddity, InstanceShape, Meets, Refusal, StatusCode,
    TokenOddity,
};
use view::{
    Action, SettingsPage,
    setup::{SetupEdit, SetupName, SetupPage, SetupSign, SetupStep},
};

use super::{CLIENT, Wizard, confidential};
use crate::stage::{Person, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn each_mistake_in_a_field_has_its_sentence_and_blocks_the_next_step() {
    let wizard = Wizard::start().await;
    wizard.set_field(SetupName::Tenant, "contoso");
    let page = wizard.page().await;
    assert_eq!(page.registration.tenant.sign, SetupSign::Failed);
    assert_eq!(
        page.registration.tenant.says,
        "Must be the Directory (tenant) ID or a domain name of the tenant."
    );
    wizard.set_field(SetupName::ClientId, "8c1d07b5");
    wizard.set_field(SetupName::SecretExpires, "next year");
    let page = wizard.page().await;
    assert!(page.registration.client_id.says.starts_with("Must be the Application (client) ID"));
    assert_eq!(page.registration.secret_expires.says, "Must be a date, for example 2027-01-30.");
    assert_eq!(
        page.next.why,
        "3 things left: Directory (tenant) ID, Application (client) ID, Secret expires on"
    );
    wizard.edit(SetupEdit::Open(SetupStep::Instance));
    assert_eq!(wizard.page().await.step, SetupStep::Registration, "the next step stays closed");

    wizard.set_field(SetupName::Instance, "https://contoso.my.connect.aws.example.com/");
    wizard.set_field(SetupName::Start, "http://idp.example.com/");
    let page = wizard.page().await;
    assert!(
        page.instance.instance.says.starts_with("Names contoso.my.connect.aws.example.com by https; allowed")
    );
    assert_eq!(page.instance.start.sign, SetupSign::Failed);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_mistake_of_the_registration_is_named_in_the_words_of_the_portal() {
    let wizard = Wizard::start().await;
    let stage = &wizard.stage;
    let other = "11111111-2222-4333-8444-555555555555";
    wizard.complete_registration().await;

    wizard.set_field(SetupName::Tenant, other);
    let page = wizard.until_failed("Tenant").await;
    let says = wizard.says(&page, "Tenant");
    assert!(says.contains("knows no such tenant") && says.contains("“Directory (tenant) ID”"), "{says}");
    assert_eq!(page.next.why, "1 thing left: Tenant");
    assert_eq!(wizard.says(&page, "Application"), "Checked once the tenant answers.");
    assert_eq!(page.registration.tenant.says, "No such tenant.", "under the field, in a few words");

    wizard.set_field(SetupName::Tenant, &wizard.tenant());
    wizard.set_field(SetupName::ClientId, other);
    let page = wizard.until_failed("Application").await;
    assert!(wizard.says(&page, "Application").contains("“Application (client) ID”"));
    wizard.set_field(SetupName::ClientId, CLIENT);
    wizard.until_good("Application").await;

    wizard.send_secret("a secret");
    let page = wizard.until_failed("Client secret").await;
    assert_eq!(
        wizard.says(&page, "Client secret"),
        "The app registration takes no client secret. Remove it here: this registration is a public client."
    );
    stage.world.set_client_secret(Some(confidential("the secret", &[])));
    wizard.send_secret("another");
    let wrong =
        wizard.until("wrong", |page| wizard.says(page, "Client secret").contains("“Secret ID”")).await;
    assert_eq!(wrong.next.why, "1 thing left: Client secret");
    wizard.send_secret("the secret");
    let page = wizard.until_good("Client secret").await;
    assert!(page.registration.secret_kept && page.registration.secret.value.is_empty());
    let yesterday = stage.world.now() - jiff::SignedDuration::from_hours(24);
    stage
        .world
        .set_client_secret(Some(ClientSecret { expires: Some(yesterday), ..confidential("old", &[]) }));
    wizard.send_secret("old");
    let page = wizard.until_failed("Client secret").await;
    assert!(wizard.says(&page, "Client secret").contains("has expired. Create a new one"), "{page:#?}");
    stage.world.set_client_secret(Some(confidential("strong", &["Presence.ReadWrite.All"])));
    wizard.send_secret("strong");
    wizard
        .until("roles", |page| wizard.says(page, "Client secret").contains("application permissions"))
        .await;

    // A missing secret shows only at a login.
    stage.world.set_client_secret(Some(confidential("the secret", &[])));
    wizard.edit(SetupEdit::ForgetSecret);
    let page = wizard.until_good("Client secret").await;
    assert!(!page.registration.secret_kept);
    wizard.edit(SetupEdit::CheckLogin);
    let page = wizard.until_failed("API permissions").await;
    assert!(wizard.says(&page, "API permissions").contains("asks for a client secret"), "{page:#?}");
    assert!(page.next.can, "a login is not asked for before it is saved");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_finds_out_whether_an_administrator_has_consented_without_asking_the_person() {
    let wizard = Wizard::start().await;
    wizard.complete_registration().await;
    wizard.stage.world.set_approved(false);
    wizard.edit(SetupEdit::CheckLogin);
    let page = wizard.until("names", |page| wizard.sign(page, "API permissions") == SetupSign::Warning).await;
    let says = wizard.says(&page, "API permissions");
    assert!(says.contains("“Grant admin consent for Contoso”"), "{says}");
    assert_eq!(wizard.says(&page, "Licence filter"), "Checked after consent.");
    assert_eq!(page.registration.admin_consent.value, "false");
    let buttons = wizard.buttons(&page, "API permissions");
    let Action::Copy { text } = &buttons[0].action else { panic!("{buttons:?}") };
    assert!(text.contains("/v2.0/adminconsent?client_id=") && text.contains("User.Read.All"), "{text}");
    assert!(
        page.next.can && page.registration.login.can,
        "the set-up works without consent, and can be checked again"
    );
    assert_eq!(wizard.stage.recorded(|seen| seen.pages.len()), 1, "one login was enough");

    wizard.stage.world.set_approved(true);
    wizard.edit(SetupEdit::CheckLogin);
    let page = wizard.until_good("API permissions").await;
    assert_eq!(page.registration.admin_consent.value, "true");

    wizard.stage.set_person(Person::HasNoBrowser);
    wizard.edit(SetupEdit::CheckLogin);
    let opens =
        |page: &SetupPage| wizard.says(page, "API permissions").contains("No browser could be opened");
    let page = wizard.until("no browser", opens).await;
    let labels: Vec<String> =
        wizard.buttons(&page, "API permissions").into_iter().map(|button| button.label).collect();
    assert_eq!(labels, ["Copy link", "Open again", "Cancel"]);
    wizard.edit(SetupEdit::CancelLogin);
    wizard.until("given up", |page| wizard.sign(page, "API permissions") == SetupSign::Waiting).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_does_not_show_consent_does_not_change_the_tick() {
    let wizard = Wizard::start().await;
    wizard.complete_registration().await;
    wizard.set_field(SetupName::AdminConsent, "true");
    let no_refresh = Fault::changed(Body::Token(TokenOddity::RefreshEmpty));
    let refusal = |code: u32| {
        let answer = format!(r#"{{"error":"interaction_required","error_codes":[{code}]}}"#);
        let refused = Fault { body: Body::Text(answer), ..Fault::refusal(StatusCode::BAD_REQUEST) };
        // The login succeeds, and the refresh with its token does not.
        Fault { meets: Meets::Cycle { pass: 1, meet: 1 }, ..refused }
    };
    let cases = [
        (no_refresh, "true"),
        (refusal(50_076), "true"),
        (refusal(53_003), "true"),
        (refusal(65_001), "false"),
    ];
    for (number, (fault, ticked)) in cases.into_iter().enumerate() {
        wizard.stage.world.set_fault(Endpoint::Token, fault);
        wizard.edit(SetupEdit::CheckLogin);
        let done = |page: &SetupPage| {
            !matches!(wizard.sign(page, "API permissions"), SetupSign::Waiting | SetupSign::Checking)
        };
        let page = wizard.until("the login", done).await;
        assert_eq!(page.registration.admin_consent.value, ticked, "case {number}: {page:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_that_hides_its_name_is_shown_by_its_domain() {
    let wizard = Wizard::start().await;
    wizard.complete_registration().await;
    let page = wizard.page().await;
    assert_eq!(wizard.says(&page, "Application"), "Found in this tenant", "nobody has logged in");
    assert_eq!(page.registration.tenant.says, "");
    wizard.stage.world.set_nameless(true);
    wizard.stage.world.set_approved(false);
    wizard.edit(SetupEdit::CheckLogin);
    let page = wizard.until("names", |page| wizard.sign(page, "API permissions") == SetupSign::Warning).await;
    assert_eq!(page.registration.tenant.says, "contoso.com");
    let says = wizard.says(&page, "API permissions");
    assert!(says.contains("selects “Grant admin consent” under"), "{says}");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_login_does_not_change_a_consent_that_the_policy_sets() {
    let wizard = Wizard::with_policy("[microsoft]\nadmin_consent = false\n").await;
    wizard.complete_registration().await;
    wizard.edit(SetupEdit::CheckLogin);
    let page = wizard.until_good("API permissions").await;
    assert_eq!(
        (page.registration.admin_consent.value.as_str(), page.registration.admin_consent.locked),
        ("false", true)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_refusal_of_entra_at_the_login_is_named() {
    let wizard = Wizard::start().await;
    wizard.complete_registration().await;
    for (refusal, words) in [
        (Refusal::Redirect, "The app registration does not accept our redirect. Add http://localhost"),
        (Refusal::OtherCloud, "is in another cloud than 127.0.0.1."),
        (Refusal::UnknownApplication, "has no app registration with this client ID. Compare it with"),
        (Refusal::Guest, "Choose your work account of that organisation"),
    ] {
        wizard.stage.world.refuse_sign_in(Some(refusal));
        wizard.edit(SetupEdit::CheckLogin);
        wizard.until(words, |page| wizard.says(page, "API permissions").contains(words)).await;
        assert!(wizard.page().await.registration.login.can, "it can be tried again: {refusal:?}");
    }
    assert!(wizard.stage.recorded(|seen| seen.secrets.is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_without_a_person_is_refused_and_nothing_of_it_is_saved() {
    let wizard = Wizard::start().await;
    wizard.complete_registration().await;
    wizard.stage.world.set_id_token(Some(IdTokenOddity::Nobody));
    wizard.edit(SetupEdit::CheckLogin);
    let words = "Microsoft did not say who logged in.";
    wizard.until(words, |page| wizard.says(page, "API permissions").contains(words)).await;
    assert!(wizard.page().await.registration.login.can, "it can be tried again");
    assert!(wizard.stage.recorded(|seen| seen.secrets.is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_cannot_be_reached_is_named() {
    let wizard = Wizard::with(|text, _| {
        text.replacen("[endpoints]\nlogin = \"http://127.0.0.1", "[endpoints]\nlogin = \"http://127.0.0.9", 1)
    })
    .await;
    wizard.fill_registration();
    let page = wizard.until_failed("Tenant").await;
    let says = wizard.says(&page, "Tenant");
    assert_eq!(says, "127.0.0.9 could not be reached. Check the network, the proxy and the firewall.");
    let tenant = &page.registration.tenant;
    assert_eq!((tenant.sign, tenant.says.as_str()), (SetupSign::Waiting, ""), "the field is not marked");
    assert_eq!(page.next.why, "1 thing left: the network");
    let labels: Vec<String> =
        wizard.buttons(&page, "Tenant").into_iter().map(|button| button.label).collect();
    assert_eq!(labels, ["Try again", "Open Doctor"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_outside_the_wizard_is_seen_by_checking_again() {
    let wizard = Wizard::start().await;
    wizard.complete_registration().await;
    wizard.send_secret("the secret");
    wizard.until_failed("Client secret").await;
    wizard.stage.world.set_client_secret(Some(confidential("the secret", &[])));
    wizard.edit(SetupEdit::CheckAgain);
    wizard.until_good("Client secret").await;

    wizard.edit(SetupEdit::Open(SetupStep::Instance));
    wizard.complete_instance().await;
    wizard.edit(SetupEdit::CheckAgain);
    let page = wizard.page().await;
    assert_eq!(wizard.sign(&page, "CCP"), SetupSign::Checking);
    wizard.until_good("CCP").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_not_an_instance_is_named() {
    let wizard = Wizard::start().await;
    wizard.complete_registration().await;
    wizard.edit(SetupEdit::Open(SetupStep::Instance));
    wizard.set_field(SetupName::Mode, "same_origin");
    wizard.set_field(SetupName::Instance, wizard.stage.sandbox.microsoft().as_str());
    let page = wizard.until_failed("CCP").await;
    let says = wizard.says(&page, "CCP");
    assert!(says.contains("is not an Amazon Connect instance") && says.contains("“Access URL”"), "{says}");
    assert_eq!((page.next.can, page.next.why.as_str()), (false, "1 thing left: CCP"));
    wizard.set_field(SetupName::Instance, "http://127.0.0.9:9/");
    wizard.until_failed("Address").await;
    wizard.complete_instance().await;
    wizard.set_field(SetupName::Mode, "approved_origin");
    let page = wizard.until_good("CCP").await;
    assert_eq!(page.instance.origin, app::APPROVED_ORIGIN);
    assert_ne!(wizard.sign(&page, "Approved origin"), SetupSign::Good);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_is_found_in_each_form_of_its_pasted_address() {
    let wizard = Wizard::start().await;
    wizard.complete_registration().await;
    wizard.edit(SetupEdit::Open(SetupStep::Instance));
    wizard.set_field(SetupName::Mode, "same_origin");
    let root = wizard.stage.sandbox.connect().to_string();
    for pasted in [
        format!("{root}ccp-v2#/"),
        format!("  {root}connect/login?landat=%2Fconnect%2Fccp-v2\u{200b}"),
        root.trim_start_matches("http://").to_owned(),
    ] {
        wizard.set_field(SetupName::Instance, "");
        wizard.until("an empty field", |page| wizard.sign(page, "CCP") == SetupSign::Waiting).await;
        wizard.set_field(SetupName::Instance, &pasted);
        wizard.until_good("CCP").await;
    }

    // An instance of the old kind has no pages outside its folder.
    wizard.stage.world.set_instance_shape(InstanceShape { in_folder: true, landing: None });
    wizard.set_field(SetupName::Instance, &root);
    wizard.until_failed("CCP").await;
    wizard.set_field(SetupName::Instance, &format!("{root}connect/ccp-v2/"));
    wizard.until_good("CCP").await;

    wizard.set_field(SetupName::Instance, "contoso");
    let page = wizard.page().await;
    assert!(
        page.instance.instance.says.ends_with("; https://contoso.my.connect.aws may be meant."),
        "{page:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_of_a_wrong_registration_leads_to_the_wizard() {
    let stage = Stage::start().await;
    stage.until_titled("Teams needs a login.").await;
    stage.world.refuse_sign_in(Some(Refusal::UnknownApplication));
    stage.act(Action::TeamsLogin);
    let leads_to_wizard = |view: &view::View| {
        let buttons = view.banner.iter().flat_map(|banner| &banner.buttons);
        buttons.clone().any(|button| button.action == Action::OpenSettings { page: SettingsPage::Setup })
    };
    stage.until("the way to the wizard", leads_to_wizard).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_last_typed_value_is_checked() {
    let wizard = Wizard::start().await;
    wizard.set_field(SetupName::ClientId, CLIENT);
    for tenant in ["11111111-2222-4333-8444-555555555555", "fabrikam.example"] {
        wizard.set_field(SetupName::Tenant, tenant);
    }
    wizard.set_field(SetupName::Tenant, &wizard.tenant());
    wizard
        .until("the last one is checked", |page| {
            let sign = wizard.sign(page, "Tenant");
            assert_ne!(sign, SetupSign::Failed, "an older answer does not count");
            sign == SetupSign::Good
        })
        .await;
}
