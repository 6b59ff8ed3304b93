//! What Microsoft does to the second day: a grant that ends, and a Graph that slows everybody down.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use sandbox::{Presence, Read};
use tokio::time::sleep;

use super::{BOTH_AVAILABLE, CLICK, Failure, HOLD, LOGIN_NEEDED, STILL, Scene, Step, TEAMS_LOGIN, WRITE};
use crate::{stage::until, steps::contoso};

const NEEDS_NEW_LOGIN: &str = "Teams needs a new login.";
/// How long sync may take to resume after the browser has come back.
const RESUME: Duration = Duration::from_secs(2);
/// How long Graph slows down, and what it asks to wait.
const SLOW: Duration = Duration::from_secs(10);
/// How much later than allowed the next read may leave.
const SPREAD: Duration = Duration::from_secs(5);

impl Scene {
    /// The grant is revoked: the notification leads to the login, and sync resumes without a restart.
    pub(in super::super) async fn grant_revoked(&mut self) -> Step {
        let (pid, known) = (self.app.pid(), self.stage.opened()?.len());
        self.world.revoke();
        self.sync_now().await?;
        let notice = self.stage.notification(NEEDS_NEW_LOGIN, CLICK).await?;
        self.tooltip_is(LOGIN_NEEDED, CLICK).await?;
        let writes = self.world.overview().writes.len();
        self.world.choose_status("Training").map_err(Failure::contoso)?;
        self.press(&notice, TEAMS_LOGIN).await?;
        let page = self.stage.opened_after(known, CLICK).await?;
        sleep(HOLD * 2).await;
        let early = contoso::new_writes(&self.world, writes);
        if !early.is_empty() {
            return Err(Failure::Seen(format!("no write without a login was expected; seen: {early:?}")));
        }
        crate::sign_in(&page).await.map_err(Failure::contoso)?;
        let redirected = Instant::now();
        self.shown_becomes("Busy/Busy", RESUME + HOLD).await?;
        let took = redirected.elapsed().as_secs_f32();
        if pid.is_none() || self.app.pid() != pid || !self.is_running() {
            return Err(Failure::Seen("the same process was expected; seen: another".to_owned()));
        }
        self.tooltip_is("In step: Training / Busy", CLICK).await?;
        self.world.choose_status("Available").map_err(Failure::contoso)?;
        self.shown_becomes("Available/Available", HOLD + WRITE).await?;
        self.tooltip_is(BOTH_AVAILABLE, CLICK).await?;
        Ok(format!(
            "logged in again by the notification; Training reached Teams {took:.2} s after the redirect"
        ))
    }

    /// Graph answers 429: it is left alone for as long as it asks, and nothing is lost meanwhile.
    pub(in super::super) async fn slowed_down(&mut self) -> Step {
        self.read_now().await?;
        let (asked, reads) = (contoso::asked(&self.world), self.world.overview().reads.len());
        let slow = Timestamp::now();
        self.world.throttle(SLOW, u32::try_from(SLOW.as_secs()).unwrap_or(u32::MAX));
        self.sync_now().await?;
        until(CLICK, "a refused read", async || {
            let new = self.reads_after(reads);
            if new.is_empty() { Err("none".to_owned()) } else { Ok(()) }
        })
        .await?;
        self.world.choose_presence(Some(Presence::BUSY)).map_err(Failure::contoso)?;
        let first = until(SLOW + SPREAD, "an answered read", async || {
            let new = self.reads_after(reads);
            new.iter().find(|read| read.answered).copied().ok_or_else(|| format!("{new:?}"))
        })
        .await?;
        // The hold of what that read found ends with another one.
        sleep(HOLD / 2).await;
        let new = self.reads_after(reads);
        let (during, after): (Vec<&Read>, Vec<&Read>) = new.iter().partition(|read| !read.answered);
        if during.len() != 1 || after.len() != 1 {
            return Err(Failure::Seen(format!(
                "one refused and one answered read was expected; seen: {new:?}"
            )));
        }
        self.chosen_becomes("Training", HOLD + WRITE).await?;
        sleep(STILL).await;
        self.one_status(asked, "Training", false)?;

        self.world.choose_presence(None).map_err(Failure::contoso)?;
        self.world.choose_status("Available").map_err(Failure::contoso)?;
        self.sync_now().await?;
        self.tooltip_is(BOTH_AVAILABLE, CLICK).await?;
        let waited = first.at.duration_since(slow).max(SignedDuration::ZERO).as_secs_f32();
        Ok(format!(
            "one refused read, the next after {waited:.1} s, and Busy, chosen meanwhile, reached Connect (shortened \
             from a minute to {} s)",
            SLOW.as_secs()
        ))
    }

    fn reads_after(&self, known: usize) -> Vec<Read> {
        self.world.overview().reads.split_off(known)
    }
}
