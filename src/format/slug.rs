//! Slugs: words as an id.

/// The longest slug, in characters.
const LONGEST: usize = 60;

/// The slug of words: Latin letters and digits in lower case with hyphens between, other scripts
/// transliterated, cut between words after 60 characters. Nothing where no letter is left.
///
/// ```
/// use annals_format::slug;
///
/// assert_eq!(slug("Jens Stoltenberg (NATO)"), "jens-stoltenberg-nato");
/// assert_eq!(slug("Žižek & Müller"), "zizek-muller");
/// assert_eq!(slug("Київ"), "kiyiv");
/// assert_eq!(slug("…!"), "");
/// ```
pub fn slug(words: &str) -> String {
    // A name of ten thousand characters is known by its first.
    let head: String = words.chars().take(LONGEST * 4).collect();
    let plain = deunicode::deunicode_with_tofu(&head, " ");
    let mut slug = String::new();
    for word in plain.split(|c: char| !c.is_ascii_alphanumeric() && c != '\'') {
        let word: String = word
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .take(LONGEST)
            .collect();
        if word.is_empty() {
            continue;
        }
        if !slug.is_empty() {
            if slug.len() + 1 + word.len() > LONGEST {
                break;
            }
            slug.push('-');
        }
        slug.push_str(&word);
    }
    slug
}
