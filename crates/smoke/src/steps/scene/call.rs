//! The call: a right click in the drawer, and an outbound contact in Connect.

use sandbox::{Direction, Queue, Stage as Progress};

use super::{CLICK, Failure, Scene, Step, WRITE};
use crate::stage::until;

/// Who is called, as the directory spells the number and as it is dialled.
const COLLEAGUE: &str = "Chiara Moretti";
const WRITTEN: &str = "01632 960029";
const DIALLED: &str = "+441632960029";

impl Scene {
    /// A colleague is called from the drawer by a right click.
    pub(in super::super) async fn call_a_colleague(&mut self) -> Step {
        let colleague = self.world.colleagues(COLLEAGUE, 1);
        if !colleague.iter().any(|colleague| colleague.numbers.iter().any(|number| number == WRITTEN)) {
            return Err(Failure::contoso(format!(
                "{COLLEAGUE} with {WRITTEN} was expected, not {colleague:?}"
            )));
        }
        let args = ["--data-dir".into(), self.data.clone().into_os_string()];
        let (driver, page) = self.stage.drive(&self.program, args).await?;
        self.app = driver;
        page.says("In step", CLICK).await?;
        page.type_text(COLLEAGUE).await?;
        page.says("1 of 40", CLICK).await?;
        let row = format!("//*[@role='rowheader'][starts-with(., '{COLLEAGUE}')]");
        let row = page.element(&row, CLICK).await?;
        page.right_click(row).await?;
        page.press("//*[@role='menuitem'][contains(., '960029')]", CLICK).await?;
        self.progress_is(Progress::RingingOut).await?;
        page.says("Ringing", CLICK).await?;

        self.world.answer_call().map_err(Failure::contoso)?;
        page.says("Connected", CLICK).await?;
        page.press("//button[@aria-label='Hang up']", CLICK).await?;
        self.progress_is(Progress::AfterContactWork).await?;
        page.says("Ended after", CLICK).await?;
        self.world.clear_contact().map_err(Failure::contoso)?;
        Ok(format!("{WRITTEN} was dialled as {DIALLED} on the default outbound queue, answered and hung up"))
    }

    async fn progress_is(&self, wanted: Progress) -> Result<(), Failure> {
        let what = format!("an outbound contact with {DIALLED}, {wanted:?}");
        until(CLICK + WRITE, &what, async || {
            let contact = self.world.overview().agent.contact.ok_or("no contact")?;
            let is_it = contact.direction == Direction::Outbound
                && contact.number == DIALLED
                && contact.queue == Queue::Billing
                && contact.stage == wanted;
            if is_it { Ok(()) } else { Err(format!("{contact:?}")) }
        })
        .await?;
        Ok(())
    }
}
