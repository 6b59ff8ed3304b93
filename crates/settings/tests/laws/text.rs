//! Settings as the text of a file, written a second time here so that the reader is compared with something.

use std::fmt::Write;

use presence::{
    connect::{Activity, Channel, Hosting, StatusKind},
    engine::{Master, OfflineFirst},
    mapping::{Conditions, ConnectRow, ConnectTarget, SourceCondition, Target, TeamsRow, When},
    teams::{Availability, Detail},
};
use settings::{Notifications, Settings, StatusMessage, Theme};

fn activity_word(activity: Activity) -> &'static str {
    match activity {
        Activity::Connected => "connected",
        Activity::OnHold => "on_hold",
        Activity::Dialling => "dialling",
        Activity::Error => "error",
        Activity::Missed => "missed",
        Activity::Rejected => "rejected",
        Activity::AfterContactWork => "after_contact_work",
        Activity::Incoming => "incoming",
        Activity::CallbackOffered => "callback_offered",
    }
}

fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Voice => "voice",
        Channel::Chat => "chat",
        Channel::Email => "email",
        Channel::Task => "task",
        // No row can name it, and none is drawn.
        Channel::Other => "other",
    }
}

fn mode_word(mode: Hosting) -> &'static str {
    match mode {
        Hosting::SameOrigin => "same_origin",
        Hosting::ApprovedOrigin => "approved_origin",
    }
}

fn message_word(message: StatusMessage) -> &'static str {
    match message {
        StatusMessage::Off => "off",
        StatusMessage::Number => "number",
        StatusMessage::Status => "status",
    }
}

fn target_word(target: Target) -> &'static str {
    match target {
        Target::Available => "available",
        Target::InACall => "in_a_call",
        Target::Busy => "busy",
        Target::DoNotDisturb => "do_not_disturb",
        Target::BeRightBack => "be_right_back",
        Target::AppearAway => "appear_away",
        Target::AppearOffline => "appear_offline",
        Target::NoChange => "no_change",
        Target::Clear => "clear",
    }
}

fn when_text(when: &When) -> String {
    match when {
        When::Activity { activity, channel: None } => format!("activity = '{}'", activity_word(*activity)),
        When::Activity { activity, channel: Some(channel) } => {
            format!("activity = '{}', channel = '{}'", activity_word(*activity), channel_word(*channel))
        }
        When::Status(arn) => format!("status = '{arn}'"),
        When::Kind(kind) => format!("kind = '{}'", kind_word(*kind)),
    }
}

fn kind_word(kind: StatusKind) -> &'static str {
    match kind {
        StatusKind::Routable => "routable",
        StatusKind::Custom => "custom",
        StatusKind::Offline => "offline",
    }
}

/// The word of an availability that a row can speak of.
fn availability_word(availability: Availability) -> &'static str {
    match availability {
        Availability::Available => "available",
        Availability::Busy => "busy",
        Availability::DoNotDisturb => "do_not_disturb",
        Availability::BeRightBack => "be_right_back",
        Availability::Away => "away",
        Availability::Offline => "offline",
        Availability::Unknown => unreachable!("no row speaks of it"),
    }
}

fn detail_word(detail: Detail) -> &'static str {
    match detail {
        Detail::InCall => "in_call",
        Detail::InMeeting => "in_meeting",
        Detail::Presenting => "presenting",
        Detail::Focusing => "focusing",
        Detail::OutOfOffice => "out_of_office",
        Detail::Inactive => "inactive",
        Detail::AppearOffline => "appear_offline",
    }
}

fn teams_row_text(row: &TeamsRow) -> String {
    let detail = row.when.detail.map(|detail| format!(", detail = '{}'", detail_word(detail)));
    let connect = match &row.target {
        ConnectTarget::Status(arn) => format!("{{ status = '{arn}' }}"),
        ConnectTarget::NoChange => "'no_change'".to_owned(),
        ConnectTarget::Restore => "'restore'".to_owned(),
    };
    let mut text = format!(
        "[[sync.teams_rows]]\nwhen = {{ availability = '{}'{} }}\nconnect = {connect}\n",
        availability_word(row.when.availability),
        detail.unwrap_or_default()
    );
    text.push_str(&conditions_text(&row.conditions, |when| match when {
        When::Kind(kind) => format!("'{}'", kind_word(*kind)),
        When::Activity { .. } | When::Status(_) => format!("{{ {} }}", when_text(when)),
    }));
    text
}

fn connect_row_text(row: &ConnectRow) -> String {
    let mut text = format!(
        "[[sync.rows]]\nwhen = {{ {} }}\nteams = '{}'\n",
        when_text(&row.when),
        target_word(row.target)
    );
    text.push_str(&conditions_text(&row.conditions, |when| match when.detail {
        Some(detail) => format!(
            "{{ availability = '{}', detail = '{}' }}",
            availability_word(when.availability),
            detail_word(detail)
        ),
        None => format!("'{}'", availability_word(when.availability)),
    }));
    if row.override_person {
        text.push_str("override_person = true\n");
    }
    text
}

fn conditions_text<Other>(conditions: &Conditions<Other>, word: impl Fn(&Other) -> String) -> String {
    let mut text = String::new();
    match conditions.only_while.as_slice() {
        [] => {}
        [only] => writeln!(text, "only_while = {}", word(only)).unwrap(),
        several => {
            let words: Vec<String> = several.iter().map(word).collect();
            writeln!(text, "only_while = [{}]", words.join(", ")).unwrap();
        }
    }
    if let Some(source) = conditions.source {
        let word = match source {
            SourceCondition::Person => "person",
            SourceCondition::Automatic => "automatic",
            SourceCondition::Contact => "contact",
        };
        writeln!(text, "source = '{word}'").unwrap();
    }
    for (key, length) in [("hold", conditions.hold), ("at_most_every", conditions.at_most_every)] {
        if let Some(length) = length {
            writeln!(text, "{key} = {}", length.as_secs()).unwrap();
        }
    }
    text
}

fn master_word(master: Master) -> &'static str {
    match master {
        Master::Connect => "connect",
        Master::Teams => "teams",
    }
}

fn offline_first_word(when: OfflineFirst) -> &'static str {
    match when {
        OfflineFirst::Confirm => "confirm",
        OfflineFirst::Always => "always",
    }
}

fn theme_word(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
        Theme::Contrast => "contrast",
    }
}

fn notifications_word(notifications: Notifications) -> &'static str {
    match notifications {
        Notifications::All => "all",
        Notifications::Important => "important",
    }
}

/// The settings as a person would write them, every key given.
pub fn written(settings: &Settings) -> String {
    let (start, seats) = (settings.start_with_system, settings.seats);
    let mut text = format!("start_with_system = {start}\nseats = {seats}\n");
    let mut line = |line: String| writeln!(text, "{line}").unwrap();
    line(format!("theme = '{}'", theme_word(settings.theme)));
    line(format!("notifications = '{}'\n[microsoft]", notifications_word(settings.notifications)));
    if let Some(tenant) = &settings.tenant {
        line(format!("tenant = '{tenant}'"));
    }
    if let Some(client_id) = &settings.client_id {
        line(format!("client_id = '{client_id}'"));
    }
    line(format!("admin_consent = {}", settings.admin_consent));
    line(format!("[connect]\nmode = '{}'", mode_word(settings.connect_mode)));
    if let Some(instance) = &settings.instance {
        line(format!("instance = '{instance}'"));
    }
    if let Some(start) = &settings.connect_start {
        line(format!("start = '{start}'"));
    }
    line(format!("[endpoints]\nlogin = '{}'\ngraph = '{}'", settings.login, settings.graph));
    if let Some(ccp) = &settings.ccp {
        line(format!("ccp = '{ccp}'"));
    }
    if let Some(api) = &settings.connect_api {
        line(format!("connect_api = '{api}'"));
    }
    if let Some(sts) = &settings.sts {
        line(format!("sts = '{sts}'"));
    }
    let bypass: Vec<String> = settings.bypass.entries().iter().map(|entry| format!("'{entry}'")).collect();
    line(format!("[network]\nbypass = [{}]", bypass.join(", ")));
    if let Some(user) = &settings.proxy_user {
        line(format!("user = '{user}'"));
    }
    if let Some(proxy) = &settings.proxy {
        line(format!("proxy = '{proxy}'"));
    }
    line("[connect_api]".to_owned());
    if let Some(region) = &settings.connect_region {
        line(format!("region = '{region}'"));
    }
    if let Some(instance) = &settings.instance_arn {
        line(format!("instance_arn = '{instance}'"));
    }
    if let Some(role) = &settings.role_arn {
        line(format!("role_arn = '{role}'"));
    }
    line(format!("[teams]\nstatus_message = '{}'", message_word(settings.status_message)));
    line(format!("[drawer]\nlimit = {}", settings.drawer_limit.unwrap_or(0)));
    line(format!("compact = {}", settings.drawer_compact));
    line(format!("photos = {}\ncache = {}\n[calls]", settings.drawer_photos, settings.drawer_cache));
    line(format!("recent = {}", settings.recent_calls));
    if let Some(region) = settings.call_region {
        line(format!("region = '{}'", region.as_ref()));
    }
    if let Some(queue) = &settings.call_queue {
        line(format!("queue = '{queue}'"));
    }
    let table = &settings.connect_to_teams;
    line(format!("[sync]\nconnect_to_teams = {}\nhold = {}", table.enabled, table.hold.as_secs()));
    line(format!("teams_to_connect = {}", settings.teams_to_connect.enabled));
    line(format!("restore_idle = {}", settings.restore_idle.as_secs() / 60));
    line(format!("held_for = {}", settings.rules.held_for.as_secs() / 3600));
    line(format!("master = '{}'", master_word(settings.rules.master)));
    line(format!("offline_first = '{}'", offline_first_word(settings.rules.offline_first)));
    line(format!("force_rewrite = {}\ndry_run = {}", settings.rules.force_rewrite, settings.dry_run));
    for row in settings.teams_to_connect.rows() {
        line(teams_row_text(row));
    }
    for row in table.rows() {
        line(connect_row_text(row));
    }
    text
}
