//! The fuzzer of one target, whose name is in the variable `TARGET`. Built without `cfg(fuzzing)` it replays files that
//! were found: `cargo run -p fuzz -- TARGET FILE…`.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
mod guided {
    use std::{env, sync::LazyLock};

    /// Where the fuzzer's bytes go.
    static TARGET: LazyLock<fuzz::Target> = LazyLock::new(|| {
        let name = env::var("TARGET").unwrap_or_default();
        *fuzz::target(&name).unwrap_or_else(|| panic!("TARGET names no target: {name}"))
    });

    libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (TARGET.run)(bytes));
}

#[cfg(not(fuzzing))]
fn main() -> std::process::ExitCode {
    use std::{env, fs, process::ExitCode};

    let mut args = env::args().skip(1);
    let Some(target) = args.next().and_then(|name| fuzz::target(&name)) else { return ExitCode::from(2) };
    for file in args {
        match fs::read(file) {
            Ok(bytes) => (target.run)(&bytes),
            Err(_) => return ExitCode::FAILURE,
        }
    }
    ExitCode::SUCCESS
}
