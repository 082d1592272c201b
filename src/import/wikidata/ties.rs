//! The properties that are ties between actors.

/// A property that is a tie.
pub(super) struct Tie {
    pub(super) property: &'static str,
    pub(super) kind: &'static str,
    /// Whether the tie runs from the value to the item.
    pub(super) turned: bool,
    pub(super) role: &'static str,
    /// What the value is, where it is not among the sources.
    pub(super) other: &'static str,
}

const fn tie(
    property: &'static str,
    kind: &'static str,
    turned: bool,
    role: &'static str,
    other: &'static str,
) -> Tie {
    Tie {
        property,
        kind,
        turned,
        role,
        other,
    }
}

/// The properties that are ties.
pub(super) static TIES: &[Tie] = &[
    tie("P39", "holds_office", false, "", "organization"),
    // An office names who holds it.
    tie("P1308", "holds_office", true, "", "person"),
    tie("P463", "member_of", false, "", "organization"),
    tie("P102", "member_of", false, "", "organization"),
    tie("P108", "employed_by", false, "", "organization"),
    tie("P22", "parent_of", true, "father", "person"),
    tie("P25", "parent_of", true, "mother", "person"),
    tie("P40", "parent_of", false, "", "person"),
    tie("P26", "married_to", false, "", "person"),
    tie("P3373", "sibling_of", false, "", "person"),
    tie("P749", "part_of", false, "", "organization"),
    tie("P355", "part_of", true, "", "organization"),
    tie("P361", "part_of", false, "", "organization"),
    tie("P527", "part_of", true, "", "organization"),
    tie("P127", "owns", true, "", "organization"),
    tie("P1830", "owns", false, "", "organization"),
    tie("P112", "founded", true, "", "person"),
    tie("P35", "leads", true, "head of state", "person"),
    tie("P6", "leads", true, "head of government", "person"),
    tie("P488", "leads", true, "chairperson", "person"),
    tie("P169", "leads", true, "chief executive", "person"),
    tie("P1037", "leads", true, "manager", "person"),
    tie("P1365", "succeeds", false, "", "organization"),
    tie("P1366", "succeeds", true, "", "organization"),
];
