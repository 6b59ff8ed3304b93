//! The second day: Connect follows Teams too.

use std::time::{Duration, Instant};

use sandbox::{Channel, Presence, Status};

use super::{
    BOTH_AVAILABLE, CLICK, Failure, HOLD, POLL, START, Scene, Step, WRITE, start_hidden, write_settings,
};
use crate::steps::contoso;

/// The statuses that the table of this test sets.
const BUSY_IS: &str = "Training";
const IN_A_MEETING_IS: &str = "Coaching";
const QUESTION: &str = "Back?";
const SET_AVAILABLE: &str = "Set Available";
const AWAY: Duration = Duration::from_secs(3600);

impl Scene {
    /// The application starts again, with the table Teams → Connect and somebody at the machine.
    pub(in super::super) async fn both_ways(&mut self) -> Step {
        self.stage.add_person().await?;
        let row = |when: &str, status: &str| -> Result<String, Failure> {
            let status = Status::ALL.into_iter().find(|known| known.name == status);
            let status = status.ok_or_else(|| Failure::contoso("a status is missing"))?.arn();
            Ok(format!(
                "\n[[sync.teams_rows]]\nwhen = {{ {when} }}\nconnect = {{ status = \"{status}\" }}\n\
                 only_while = \"routable\"\n"
            ))
        };
        let busy = row("availability = \"busy\"", BUSY_IS)?;
        let meeting = row("availability = \"busy\", detail = \"in_meeting\"", IN_A_MEETING_IS)?;
        let more = format!("teams_to_connect = true\n{busy}{meeting}\n[calls]\nregion = \"GB\"\n");
        write_settings(&self.data, &self.contoso, &more)?;
        let asked = contoso::asked(&self.world);
        self.app = start_hidden(&self.stage, &self.program, &self.data)?;
        self.tooltip_is(BOTH_AVAILABLE, START).await?;
        self.settle().await?;
        self.statuses_are(asked, &[])?;
        Ok("started with both directions; nothing is asked of Connect".to_owned())
    }

    /// Busy, chosen by hand in Teams, becomes its status in Connect by one write.
    pub(in super::super) async fn busy_in_teams(&mut self) -> Step {
        self.read_now().await?;
        let (asked, writes) = (contoso::asked(&self.world), self.world.overview().writes.len());
        let begun = Instant::now();
        self.world.choose_presence(Some(Presence::BUSY)).map_err(Failure::contoso)?;
        self.chosen_becomes(BUSY_IS, HOLD + POLL + WRITE).await?;
        let took = begun.elapsed().as_secs_f32();
        self.tooltip_is("In step: Training / Busy", CLICK).await?;
        self.settle().await?;
        self.one_status(asked, BUSY_IS, false)?;
        self.no_new_value(writes)?;
        Ok(format!("Connect is {BUSY_IS} after {took:.2} s by one write, and nothing travels back"))
    }

    /// The choice ends while the agent is at the machine: the status before it comes back by itself.
    pub(in super::super) async fn busy_ends(&mut self) -> Step {
        self.read_now().await?;
        let asked = contoso::asked(&self.world);
        self.world.choose_presence(None).map_err(Failure::contoso)?;
        self.sync_now().await?;
        self.chosen_becomes("Available", HOLD + WRITE).await?;
        self.tooltip_is(BOTH_AVAILABLE, CLICK).await?;
        self.settle().await?;
        self.one_status(asked, "Available", false)?;
        self.shown_becomes("Available/Available", WRITE).await?;
        Ok("Connect is Available again by one write, because somebody is at the machine (Sync now shortens the poll)".to_owned())
    }

    /// A meeting that begins during a contact is queued as the next status.
    pub(in super::super) async fn meeting_in_contact(&mut self) -> Step {
        self.world.ring(Channel::Chat, "Web chat").map_err(Failure::contoso)?;
        self.world.connect_contact().map_err(Failure::contoso)?;
        self.tooltip_is("Nothing to change in Teams: On a chat / Available", CLICK).await?;
        self.read_now().await?;
        let asked = contoso::asked(&self.world);
        self.world.set_meeting(true);
        self.sync_now().await?;
        self.next_becomes(IN_A_MEETING_IS).await?;
        self.settle().await?;
        self.one_status(asked, IN_A_MEETING_IS, true)?;
        let chosen = self.world.overview().agent.chosen;
        if chosen != "Available" {
            return Err(Failure::Seen(format!(
                "Available until the end of the contact was expected; seen: {chosen}"
            )));
        }
        self.world.end_contact().map_err(Failure::contoso)?;
        self.settle().await?;
        self.next_becomes(IN_A_MEETING_IS).await?;
        self.world.clear_contact().map_err(Failure::contoso)?;
        self.chosen_becomes(IN_A_MEETING_IS, WRITE).await?;
        self.settle().await?;
        self.one_status(asked, IN_A_MEETING_IS, true)?;
        Ok(format!(
            "{IN_A_MEETING_IS} waited for the end of the chat, by one write (Sync now shortens the poll)"
        ))
    }

    /// The meeting ends while nobody is at the machine: nobody is made available without being asked.
    pub(in super::super) async fn back_question(&mut self) -> Step {
        self.stage.set_idle(AWAY).await?;
        self.settle().await?;
        let asked = contoso::asked(&self.world);
        self.world.set_meeting(false);
        self.sync_now().await?;
        let notice = self.stage.notification(QUESTION, HOLD + WRITE).await?;
        self.settle().await?;
        self.statuses_are(asked, &[])?;
        self.press(&notice, SET_AVAILABLE).await?;
        self.chosen_becomes("Available", WRITE).await?;
        self.stage.set_idle(Duration::ZERO).await?;
        self.one_status(asked, "Available", false)?;
        self.tooltip_is(BOTH_AVAILABLE, CLICK).await?;
        Ok(format!(
            "\"{QUESTION}\" was asked, nothing was set; \"{SET_AVAILABLE}\" set it (Sync now shortens the poll)"
        ))
    }

    async fn next_becomes(&self, wanted: &str) -> Result<(), Failure> {
        crate::stage::until(HOLD + WRITE, &format!("{wanted} as the next status"), async || {
            let agent = self.world.overview().agent;
            if agent.next == Some(wanted) { Ok(()) } else { Err(format!("{agent:?}")) }
        })
        .await?;
        Ok(())
    }

    fn no_new_value(&self, known: usize) -> Result<(), Failure> {
        let new = contoso::new_values(&self.world, known);
        if new.is_empty() {
            return Ok(());
        }
        Err(Failure::Seen(format!("no write to Teams was expected; seen: {new:?}")))
    }
}
