//! The wording of those syntax errors that does not depend on the text around them.

use granit_parser::ErrorKind as E;

pub(super) const PUT_IN_QUOTES: &str = "put the string in quotes";

/// How much from the place of an error onwards is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Character,
    Line,
}

/// What is wrong and what would mend it; the help may be empty.
pub(super) struct Phrase {
    pub(super) words: &'static str,
    pub(super) help: &'static str,
    pub(super) extent: Extent,
}

/// The words for an error, if they do not depend on the text.
pub(super) fn phrase(kind: &E) -> Option<Phrase> {
    let found = quotes(kind)
        .or_else(|| brackets(kind))
        .or_else(|| blanks(kind))
        .or_else(|| signs(kind))
        .or_else(|| tags_and_directives(kind));
    found.map(|(extent, words, help)| Phrase {
        words,
        help,
        extent,
    })
}

type Words = (Extent, &'static str, &'static str);

fn quotes(kind: &E) -> Option<Words> {
    Some(match kind {
        E::UnclosedQuotedScalar => (
            Extent::Line,
            "this quotation mark is never closed",
            "add the closing quotation mark; within \"…\" write \\\" for one, within '…' write ''",
        ),
        E::DocumentIndicatorInQuotedScalar => (
            Extent::Line,
            "a line with --- or ... ends the document inside a quoted string",
            "close the quote before it, or indent the line",
        ),
        E::InvalidTrailingDoubleQuotedScalar => (
            Extent::Line,
            "text follows the closing quote",
            "write \\\" for a quotation mark within \"…\"; or put the whole string in '…'",
        ),
        E::InvalidTrailingSingleQuotedScalar => (
            Extent::Line,
            "text follows the closing quote",
            "write '' for a quotation mark within '…'; or put the whole string in \"…\"",
        ),
        _ => return None,
    })
}

fn brackets(kind: &E) -> Option<Words> {
    Some(match kind {
        E::MisplacedFlowCollectionEnd => (
            Extent::Character,
            "this bracket closes nothing",
            "remove it, or put the string in quotes",
        ),
        E::UnexpectedEofFlowSequence => (Extent::Character, "the file ends inside [ ]", "add ]"),
        E::UnexpectedEofFlowMapping | E::UnexpectedEofImplicitFlowMapping => {
            (Extent::Character, "the file ends inside { }", "add }")
        }
        E::ExpectedFlowMappingSeparator => (
            Extent::Line,
            "a comma or } is missing before this",
            PUT_IN_QUOTES,
        ),
        E::ExpectedFlowSequenceSeparator => (
            Extent::Line,
            "a comma or ] is missing before this",
            PUT_IN_QUOTES,
        ),
        E::InvalidColonPlacement => (
            Extent::Character,
            "a colon is not allowed here within brackets",
            "is the bracket before it closed?",
        ),
        E::BlockEntryInFlowCollection => (
            Extent::Character,
            "a dash cannot begin an item within brackets",
            "separate the items by commas, without dashes",
        ),
        _ => return None,
    })
}

fn blanks(kind: &E) -> Option<Words> {
    Some(match kind {
        E::FlowMappingValueAdjacentCollection | E::InvalidMappingValueWhitespace => {
            (Extent::Character, "a space is missing after this colon", "")
        }
        E::InvalidBlockEntryWhitespace | E::PlainScalarStartsWithDashFlowIndicator => (
            Extent::Character,
            "a space is missing after this dash",
            PUT_IN_QUOTES,
        ),
        E::CommentNotSeparated => (Extent::Character, "a space is missing before this #", ""),
        _ => return None,
    })
}

fn signs(kind: &E) -> Option<Words> {
    Some(match kind {
        E::BlockSequenceEntryNotAllowed => (
            Extent::Line,
            "a list cannot begin on the same line as its key",
            "begin the list on the next line; or put the string in quotes if the dash belongs to it",
        ),
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => (
            Extent::Line,
            "after | or >, only a digit, + or - and a comment may follow on the line",
            "begin the string on the next line; or put it in quotes if it begins with | or >",
        ),
        E::CommentInterceptedScalar => (
            Extent::Line,
            "a comment interrupts a string of several lines",
            "move the comment; or put the string in quotes if # belongs to it",
        ),
        E::MissingAnchorOrAliasName => (
            Extent::Character,
            "a name is missing after this & or *",
            "a string that begins with & or * needs quotes",
        ),
        E::BomInsideDocument => (
            Extent::Character,
            "there is a byte order mark inside the file",
            "remove it",
        ),
        E::MappingKeyNotAllowed => (
            Extent::Character,
            "a ? followed by a space is not allowed here",
            PUT_IN_QUOTES,
        ),
        E::ExpectedNodeContent | E::UnexpectedEndOfPlainScalar | E::UnexpectedEof => {
            (Extent::Character, "a value is missing here", "")
        }
        E::InvalidDocumentEnd => (
            Extent::Line,
            "text follows ... , which ends a document",
            "put it on the next line",
        ),
        _ => return None,
    })
}

/// Few who write facts will ever mean to use one of these.
fn tags_and_directives(kind: &E) -> Option<Words> {
    Some(match kind {
        E::UndeclaredTagHandle
        | E::ExpectedTagBang
        | E::InvalidGlobalTagCharacter
        | E::InvalidTagTerminator
        | E::MissingTagUri
        | E::UnclosedVerbatimTag
        | E::InvalidTagEscape
        | E::InvalidTagUtf8LeadingByte
        | E::InvalidTagUtf8TrailingByte
        | E::InvalidTagUtf8 => (
            Extent::Line,
            "this ! begins an invalid tag",
            "a string that begins with ! needs quotes",
        ),
        E::DuplicateVersionDirective
        | E::UnsupportedYamlMajorVersion
        | E::DuplicateTagDirective
        | E::MissingDocumentEndBeforeDirective
        | E::ExpectedTagDirectiveBang
        | E::InvalidDirectiveTerminator
        | E::MissingYamlVersionSeparator
        | E::MissingDirectiveName
        | E::InvalidDirectiveName
        | E::DirectiveByteLimitExceeded { .. }
        | E::TooManyReservedDirectiveParams { .. }
        | E::YamlVersionTooLong
        | E::MissingYamlVersion
        | E::InvalidTagDirectiveTerminator => (
            Extent::Line,
            "a line that begins with % is a directive, but this one is invalid",
            "remove the line, or indent it if it belongs to a string",
        ),
        _ => return None,
    })
}
