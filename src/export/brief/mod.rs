//! A [`BriefDocument`] for an editor or a lawyer, in Markdown, HTML and DOCX. `layout` says once what
//! stands where, in what words; each format writes that and decides nothing.

mod blocks;
#[cfg(feature = "docx")]
mod docx;
mod html;
mod layout;
mod markdown;
mod registry;
mod words;

use std::io;

use annals_format::Format;
use annals_query::brief::BriefDocument;

pub use html::brief_element;
pub use registry::{BRIEF_FORMATS, BRIEF_ON_DEMAND, brief_by_extension, brief_by_name};

/// Writes a document; equal documents give equal bytes.
pub type WriteBrief = fn(&BriefDocument, &mut dyn io::Write) -> io::Result<()>;

/// A format of such documents.
pub type BriefFormat = Format<WriteBrief>;
