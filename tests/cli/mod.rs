//! What every command prints, option by option: the pages of `tests/cli/`. They are read before they
//! are accepted; `TRYCMD=overwrite cargo test --test program cli::` renews them.

#[test]
fn commands_print_what_their_pages_say() {
    trycmd::TestCases::new()
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .env("LC_ALL", "C.UTF-8")
        .case("tests/cli/*.trycmd");
}
