//! Finding people in the drawer: the search and the favourites.

use fantoccini::Locator;
use smoke::stage::{Page, until};

use crate::{
    office::{BOTH_AVAILABLE, CLICK, Desk, START},
    page::{keep_picture, page_says, texts},
};

/// Keys, as WebDriver names them.
pub const ESCAPE: &str = "\u{e00c}";
pub const CONTROL_D: &str = "\u{e009}d\u{e000}";

/// The row of a person, once it is there.
pub fn row(name: &str) -> String {
    format!("//*[@role='rowheader'][starts-with(., '{name}')]")
}

/// The names in the list, top down.
async fn names(page: &Page) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[role=rowheader]')]
        .sort((one, other) => one.parentElement.dataset.index - other.parentElement.dataset.index)
        .map((row) => row.textContent.split('. ')[0])";
    texts(&page.execute(script, Vec::new()).await.unwrap())
}

/// Puts the focus on a row.
async fn focus(page: &Page, name: &str) {
    let row = page.element(&row(name), CLICK).await.unwrap();
    page.execute("arguments[0].focus()", vec![serde_json::to_value(&row).unwrap()]).await.unwrap();
}

#[tokio::test]
async fn search_narrows_over_all_people_and_esc_clears() {
    let desk = Desk::complete("search").await;
    let settings = format!("{}\n[drawer]\nlimit = 5\n", desk.contoso.settings_toml());
    desk.write_settings(&settings);
    let (_driver, page) = desk.drive(&[]).await;
    desk.sign_in().await;
    page_says(&page, "Showing 5 of 40").await;

    // The field has the focus when the drawer opens. Accents do not matter, nor does the order of the words.
    page.type_text("ibarra tomas").await.unwrap();
    page_says(&page, "1 of 40").await;
    assert_eq!(names(&page).await, ["Tomás Ibarra"]);
    page.type_text("x").await.unwrap();
    page_says(&page, "No match for “ibarra tomasx”").await;
    // Then Microsoft's directory is asked.
    page_says(&page, "Nobody by that name in the directory.").await;

    page.type_text(ESCAPE).await.unwrap();
    page_says(&page, "Showing 5 of 40").await;
    let field = page.find(Locator::Css("[role=searchbox]")).await.unwrap();
    assert_eq!(field.prop("value").await.unwrap().as_deref(), Some(""));
    assert!(names(&page).await.len() >= 5, "the list is whole again");

    // By number, as somebody would type it.
    page.type_text("01632 960 029").await.unwrap();
    page_says(&page, "1 of 40").await;
    assert_eq!(names(&page).await, ["Chiara Moretti"]);
}

#[tokio::test]
async fn a_favourite_stays_after_a_restart() {
    let desk = Desk::complete("favourite").await;
    let (mut driver, page) = desk.drive(&[]).await;
    desk.sign_in().await;
    page_says(&page, "40 people").await;
    page_says(&page, "Lena Fischer").await;
    focus(&page, "Lena Fischer").await;
    page.type_text(CONTROL_D).await.unwrap();
    page_says(&page, "Favourites").await;
    until(CLICK, "Lena Fischer on top", async || {
        let names = names(&page).await;
        if names.first().is_some_and(|name| name == "Lena Fischer") {
            Ok(())
        } else {
            Err(format!("{names:?}"))
        }
    })
    .await
    .unwrap();
    driver.kill().await.unwrap();

    let (_driver, page) = desk.drive(&[]).await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    page_says(&page, "Favourites").await;
    let first = names(&page).await.into_iter().next();
    assert_eq!(first.as_deref(), Some("Lena Fischer"));
    keep_picture(&page, "favourite.png").await;
}
