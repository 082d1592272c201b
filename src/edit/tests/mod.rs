//! Tests over files of every style.

mod random;
mod styles;
mod words;
mod worlds;
mod writing;

/// How many random cases: few, or many where the tests are to be thorough.
fn cases(few: u64, many: u64) -> u64 {
    if std::env::var_os("ANNALS_THOROUGH").is_some() {
        many
    } else {
        few
    }
}
