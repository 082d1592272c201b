//! An interruption (Ctrl-C, or a request to end) leaves nothing behind that is not complete.

use std::sync::Once;

use super::hosted;
use annals_files::remove_temporaries;

/// The exit code of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// From now on, an interruption removes what has a temporary name. Commands that write nothing end
/// as any program does, and within a host signals are the host's.
pub(super) fn cleans_up() {
    static ONCE: Once = Once::new();
    if hosted::is_hosted() {
        return;
    }
    ONCE.call_once(|| {
        // If no handler can be set, the program ends as any does, and the next one cleans up.
        let _ = ctrlc::set_handler(|| {
            remove_temporaries();
            std::process::exit(INTERRUPTED);
        });
    });
}
