//! What every command prints, option by option: the pages of `tests/cli/`. They are read before they
//! are accepted; `TRYCMD=overwrite cargo test --test program cli::` renews them.

#[test]
fn commands_print_what_their_pages_say() {
    // What a page writes goes there, which nothing else makes where cargo's own `target` is elsewhere.
    std::fs::create_dir_all("target").expect("a folder for what is written");
    trycmd::TestCases::new()
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .env("LC_ALL", "C.UTF-8")
        .case("tests/cli/*.trycmd");
}
