//! What was measured, beside the aims: a table for a person and a file for a program.

use std::{fmt::Write, fs, io, path::Path, time::Duration};

use serde_json::{Value, json};

use crate::{cost::Rest, screen::Opening};

/// Memory with no window on the screen, against one bare hidden window.
const IDLE_RATIO: f64 = 1.25;
/// Memory with the drawer on the screen, against a bare window beside the hidden one.
const OPEN_RATIO: f64 = 1.5;
/// Wake-ups a second.
const WAKEUPS: f64 = 3.0;
/// Percent of one core.
const PROCESSOR: f64 = 0.1;
/// Milliseconds from the click to the list, for a drawer that was open some minutes ago and for any other.
const AGAIN: f64 = 50.0;
const COLD: f64 = 500.0;

/// Bare windows: one hidden at rest, and a visible one beside it. Memory is in MiB.
#[derive(Debug, Clone, Copy)]
pub struct Windows {
    pub idle: f64,
    pub open: f64,
    pub rest: Rest,
    pub opening: Opening,
}

/// All that was measured. Memory is in MiB.
#[derive(Debug)]
pub struct Measured {
    pub bare: Windows,
    pub idle: f64,
    pub quiet: Rest,
    pub open: f64,
    /// Some seconds after the drawer was closed.
    pub hidden: f64,
    pub hidden_rest: Rest,
    /// When the page of the closed drawer is gone.
    pub released: f64,
    pub cold: Vec<Opening>,
    pub again: Vec<Opening>,
    pub after_release: Opening,
}

/// A line of the table.
struct Line {
    name: &'static str,
    key: &'static str,
    value: f64,
    unit: &'static str,
    bare: Option<f64>,
    aim: Option<Aim>,
}

enum Aim {
    /// The value against the bare one.
    Ratio(f64),
    /// The value itself.
    Below(f64),
}

impl Line {
    fn ratio(&self) -> Option<f64> {
        self.bare.filter(|bare| *bare > 0.0).map(|bare| self.value / bare)
    }

    fn met(&self) -> Option<bool> {
        match self.aim.as_ref()? {
            Aim::Ratio(limit) => self.ratio().map(|ratio| ratio <= *limit),
            Aim::Below(limit) => Some(self.value < *limit),
        }
    }

    fn aim(&self) -> String {
        match self.aim {
            Some(Aim::Ratio(limit)) => format!("<= {limit}x"),
            Some(Aim::Below(limit)) => format!("< {limit} {}", self.unit),
            None => String::new(),
        }
    }
}

fn lines(measured: &Measured) -> Vec<Line> {
    let bare = measured.bare;
    let line = |name, key, value, unit, bare, aim| Line { name, key, value, unit, bare, aim };
    let memory = |name, key, value, bare, aim| line(name, key, value, "MiB", Some(bare), aim);
    let floor = Some(ms(bare.opening.painted));
    let opening = |name, key, value, limit| line(name, key, value, "ms", floor, Some(Aim::Below(limit)));
    let unready = measured.cold.iter().chain(&measured.again).map(|opening| ms(opening.unready));
    vec![
        memory("memory, idle", "memory_idle", measured.idle, bare.idle, Some(Aim::Ratio(IDLE_RATIO))),
        memory("memory, drawer open", "memory_open", measured.open, bare.open, Some(Aim::Ratio(OPEN_RATIO))),
        memory("memory, drawer just closed", "memory_closed", measured.hidden, bare.idle, None),
        memory("memory, drawer released", "memory_released", measured.released, bare.idle, None),
        line(
            "wake-ups, idle",
            "wakeups_idle",
            measured.quiet.wakeups,
            "/s",
            Some(bare.rest.wakeups),
            Some(Aim::Below(WAKEUPS)),
        ),
        line(
            "wake-ups, drawer just closed",
            "wakeups_closed",
            measured.hidden_rest.wakeups,
            "/s",
            Some(bare.rest.wakeups),
            None,
        ),
        line(
            "processor, idle",
            "processor_idle",
            measured.quiet.processor,
            "%",
            Some(bare.rest.processor),
            Some(Aim::Below(PROCESSOR)),
        ),
        opening("list painted, first opening", "opening_cold", of(&measured.cold, |it| it.listed), COLD),
        opening("list painted, opened again", "opening_again", of(&measured.again, |it| it.listed), AGAIN),
        opening("list painted, released", "opening_released", ms(measured.after_release.listed), COLD),
        line(
            "final places, first opening",
            "final_cold",
            of(&measured.cold, |it| it.painted),
            "ms",
            floor,
            None,
        ),
        line(
            "final places, opened again",
            "final_again",
            of(&measured.again, |it| it.painted),
            "ms",
            floor,
            None,
        ),
        line("longest without the list", "unready", unready.fold(0.0, f64::max), "ms", None, None),
    ]
}

/// For a person.
pub fn table(measured: &Measured) -> String {
    let mut text = format!("{:<30}{:>12}{:>12}{:>9}{:>12}  \n", "", "application", "bare", "ratio", "aim");
    for line in lines(measured) {
        let value = format!("{:.*} {}", places(line.value), line.value, line.unit);
        let bare =
            line.bare.map_or_else(String::new, |bare| format!("{:.*} {}", places(bare), bare, line.unit));
        let ratio = line.ratio().map_or_else(String::new, |ratio| format!("{ratio:.2}x"));
        let met = line.met().map_or("", |met| if met { "ok" } else { "missed" });
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{:<30}{value:>12}{bare:>12}{ratio:>9}{:>12}  {met}", line.name, line.aim());
    }
    text.push_str(
        "Memory: proportional set size of all processes. Wake-ups: voluntary context switches of all their threads.\n\
         Painted: medians, by the pixels of the screen, from the click on the tray icon. The states of colleagues are\n\
         read when the drawer opens, and some of them change their places by it.",
    );
    text
}

fn places(value: f64) -> usize {
    if value < 10.0 { 2 } else { 0 }
}

/// For a program.
pub fn save(measured: &Measured, file: &Path) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, format!("{:#}\n", document(measured)))
}

fn document(measured: &Measured) -> Value {
    let lines: serde_json::Map<String, Value> = lines(measured)
        .iter()
        .map(|line| {
            let value = json!({
                "value": line.value,
                "unit": line.unit,
                "bare": line.bare,
                "ratio": line.ratio(),
                "aim": line.aim.as_ref().map(|_| line.aim()),
                "met": line.met(),
            });
            (line.key.to_owned(), value)
        })
        .collect();
    let all = |openings: &[Opening]| -> Vec<Value> { openings.iter().map(opening).collect() };
    json!({
        "lines": lines,
        "openings": {
            "bare": opening(&measured.bare.opening),
            "cold": all(&measured.cold),
            "again": all(&measured.again),
            "released": opening(&measured.after_release),
        },
    })
}

fn opening(opening: &Opening) -> Value {
    json!({
        "listed_ms": ms(opening.listed),
        "painted_ms": ms(opening.painted),
        "unready_ms": ms(opening.unready),
    })
}

/// The median of one time of several openings.
fn of(openings: &[Opening], time: impl Fn(&Opening) -> Duration) -> f64 {
    median(openings.iter().map(|opening| ms(time(opening))).collect())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The median; of an even number of values the greater of the two in the middle. Without a value no aim is met.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured() -> Measured {
        let opening = |listed| {
            let listed = Duration::from_millis(listed);
            Opening { listed, painted: listed * 2, unready: Duration::from_millis(7) }
        };
        let rest = Rest { wakeups: 2.0, processor: 0.2 };
        Measured {
            bare: Windows { idle: 160.0, open: 200.0, rest, opening: opening(300) },
            idle: 200.0,
            quiet: rest,
            open: 301.0,
            hidden: 300.0,
            hidden_rest: rest,
            released: 210.0,
            cold: vec![opening(800), opening(450), opening(460)],
            again: vec![opening(20)],
            after_release: opening(600),
        }
    }

    #[test]
    fn each_aim_is_met_or_missed_by_its_own_measure() {
        let met: Vec<_> = lines(&measured()).iter().map(|line| (line.key, line.met())).collect();
        assert_eq!(
            met,
            [
                ("memory_idle", Some(true)),
                ("memory_open", Some(false)),
                ("memory_closed", None),
                ("memory_released", None),
                ("wakeups_idle", Some(true)),
                ("wakeups_closed", None),
                ("processor_idle", Some(false)),
                ("opening_cold", Some(true)),
                ("opening_again", Some(true)),
                ("opening_released", Some(false)),
                ("final_cold", None),
                ("final_again", None),
                ("unready", None),
            ]
        );
    }

    #[test]
    fn the_table_and_the_file_say_the_same() {
        let text = table(&measured());
        let line = text.lines().find(|line| line.starts_with("memory, drawer open")).expect("a line");
        assert_eq!(
            line.split_whitespace().collect::<Vec<_>>(),
            ["memory,", "drawer", "open", "301", "MiB", "200", "MiB", "1.50x", "<=", "1.5x", "missed"]
        );
        let document = document(&measured());
        assert_eq!(document["lines"]["memory_open"]["met"], false);
        assert_eq!(document["lines"]["opening_cold"]["value"], 460.0);
        assert_eq!(document["openings"]["cold"].as_array().map(Vec::len), Some(3));
    }

    #[test]
    fn what_was_not_measured_misses_its_aim() {
        let nothing = Measured { cold: Vec::new(), ..measured() };
        let missed =
            lines(&nothing).into_iter().find(|line| line.key == "opening_cold").and_then(|line| line.met());
        assert_eq!(missed, Some(false));
    }
}
