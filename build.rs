//! Lets a debug build of the program start faster, for the tests, which start it thousands of times.

use std::env;

/// An executable that may be loaded anywhere has its 270,000 pointers corrected at each start, which takes a
/// quarter of the time of a short command. A debug build on Linux is loaded where it was linked for; releases are
/// not touched, since there a random address is worth more.
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|found| found == value);
    if is("PROFILE", "debug")
        && is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && is("HOST", &env::var("TARGET").unwrap_or_default())
    {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
