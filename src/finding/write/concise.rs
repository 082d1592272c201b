//! One line per finding, as compilers print and editors parse them.

use crate::{Finding, Locate, visible};

/// `kyiv.yaml:41:16: error[AN102]: no record has the id "nato"`.
pub fn concise(finding: &Finding, files: &dyn Locate) -> String {
    let (code, severity) = (finding.code.code, finding.severity.word());
    let message = finding.message.replace(['\n', '\r'], " ");
    match finding.place() {
        Some(place) => {
            let place = files.locate(place).place;
            let file: String = place.file.chars().flat_map(visible).collect();
            let (line, column) = (place.line, place.column);
            format!("{file}:{line}:{column}: {severity}[{code}]: {message}")
        }
        None => format!("{severity}[{code}]: {message}"),
    }
}
