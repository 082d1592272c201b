//! The page for whoever has no key. It has nothing of the dossier, not even its name.

use maud::{DOCTYPE, Markup, html};

use crate::assets;

/// The page. A browser that was led here from elsewhere held its cookie back: it asks again by itself,
/// once.
pub(crate) fn page(again: bool) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                @if again { meta http-equiv="refresh" content="0"; }
                title { "Annals is locked" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(assets::STYLE.path());
                script src=(assets::THEME.path()) {}
            }
            body.bare {
                main id="main" {
                    h1 { "This explorer is locked" }
                    p { "It opens with the address that Annals printed in the terminal. The address works once, within two minutes." }
                    p { "Press " kbd { "Enter" } " in that terminal for a new one." }
                }
            }
        }
    }
}
