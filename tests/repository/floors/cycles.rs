//! Circles of files: files that use each other, directly or by way of others, are read as one. Of
//! these there are three at most.
//!
//! What a file uses is read out of its paths (`use`, and paths in the code): a name that a module only
//! passes on leads to the file that defines it. Methods that a type has in another file are not seen,
//! nor are tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// So many files may use each other.
const MOST: usize = 3;

/// One package: its files by their modules.
struct Package {
    files: BTreeMap<Vec<String>, File>,
}

struct File {
    path: PathBuf,
    /// Names that are imported, by what they are called here.
    imports: BTreeMap<String, Import>,
    /// Modules all of whose names are imported.
    globs: Vec<Vec<String>>,
    /// The paths in the code.
    paths: Vec<Vec<String>>,
    /// The names in the code that stand alone.
    names: BTreeSet<String>,
}

struct Import {
    path: Vec<String>,
    public: bool,
}

/// The words and signs of a file, without comments, texts and test modules.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        let begins = |with: &str| rest.iter().copied().take(with.len()).eq(with.chars());
        let one = rest[0];
        if begins("//") {
            at += rest.iter().position(|c| *c == '\n').unwrap_or(rest.len());
        } else if begins("/*") {
            let ends = rest.windows(2).position(|two| two == ['*', '/']);
            at += ends.map_or(rest.len(), |end| end + 2);
        } else if begins("r\"") || begins("r#") && rest.get(2).is_some_and(|c| "#\"".contains(*c)) {
            let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
            let mut end = vec!['"'];
            end.extend(std::iter::repeat_n('#', hashes));
            let body = &rest[2 + hashes..];
            let len = body.windows(end.len()).position(|some| some == end);
            at += 2 + hashes + len.unwrap_or(body.len()) + end.len();
        } else if one == '"' {
            at += 1;
            while at < chars.len() && chars[at] != '"' {
                at += if chars[at] == '\\' { 2 } else { 1 };
            }
            at += 1;
        } else if one == '\'' && (rest.get(1) == Some(&'\\') || rest.get(2) == Some(&'\'')) {
            let escaped = usize::from(rest[1] == '\\');
            let body = &rest[2 + escaped..];
            at += 3 + escaped + body.iter().position(|c| *c == '\'').unwrap_or(0);
        } else if one.is_alphanumeric() || one == '_' {
            let word = |c: &&char| c.is_alphanumeric() || **c == '_';
            let word: String = rest.iter().take_while(word).collect();
            at += word.chars().count();
            tokens.push(word);
        } else if begins("::") {
            tokens.push("::".to_owned());
            at += 2;
        } else {
            if !one.is_whitespace() {
                tokens.push(one.to_string());
            }
            at += 1;
        }
    }
    without_tests(&tokens)
}

/// Leaves out each item after `#[cfg(test)]`.
fn without_tests(tokens: &[String]) -> Vec<String> {
    let test = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at..].len() < test.len() || tokens[at..at + test.len()] != test {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let mut depth = 0_i32;
        while at < tokens.len() {
            let token = tokens[at].as_str();
            depth += i32::from(matches!(token, "{" | "(" | "["));
            depth -= i32::from(matches!(token, "}" | ")" | "]"));
            at += 1;
            if depth == 0 && matches!(token, ";" | "}") {
                break;
            }
        }
    }
    kept
}

/// The paths of a `use`, each with the name that it has here; reading begins after the word.
fn use_tree(
    tokens: &[String],
    at: &mut usize,
    before: &[String],
    found: &mut Vec<(Vec<String>, String)>,
) {
    let mut path = before.to_vec();
    loop {
        match tokens[*at].as_str() {
            "::" => *at += 1,
            "{" => {
                *at += 1;
                while tokens[*at] != "}" {
                    if tokens[*at] == "," {
                        *at += 1;
                    } else {
                        use_tree(tokens, at, &path, found);
                    }
                }
                *at += 1;
                return;
            }
            "," | ";" | "}" => {
                if path.last().is_some_and(|last| last == "self") {
                    path.pop();
                }
                let called = path.last().cloned().unwrap_or_default();
                found.push((path, called));
                return;
            }
            "as" => {
                let called = tokens[*at + 1].clone();
                *at += 2;
                found.push((path, called));
                return;
            }
            word => {
                path.push(word.to_owned());
                *at += 1;
            }
        }
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

impl File {
    fn read(path: &Path) -> File {
        let tokens = tokens(&fs::read_to_string(path).unwrap());
        let mut file = File {
            path: path.to_owned(),
            imports: BTreeMap::new(),
            globs: Vec::new(),
            paths: Vec::new(),
            names: BTreeSet::new(),
        };
        let (mut at, mut public) = (0, false);
        while at < tokens.len() {
            match tokens[at].as_str() {
                "pub" => {
                    public = true;
                    at += 1;
                    if tokens.get(at).is_some_and(|next| next == "(") {
                        at += tokens[at..].iter().position(|one| one == ")").unwrap() + 1;
                    }
                    continue;
                }
                // `use<>` says which lifetimes a type captures.
                "use" if tokens[at + 1] != "<" => {
                    at += 1;
                    file.import(&tokens, &mut at, public);
                }
                "mod" => at += 2,
                word if is_word(word) => {
                    let mut path = vec![word.to_owned()];
                    at += 1;
                    while tokens.get(at).is_some_and(|next| next == "::")
                        && tokens.get(at + 1).is_some_and(|next| is_word(next))
                    {
                        path.push(tokens[at + 1].clone());
                        at += 2;
                    }
                    file.names.insert(path[0].clone());
                    if path.len() > 1 {
                        file.paths.push(path);
                    }
                }
                _ => at += 1,
            }
            public = false;
        }
        file
    }

    fn import(&mut self, tokens: &[String], at: &mut usize, public: bool) {
        let mut found = Vec::new();
        use_tree(tokens, at, &[], &mut found);
        for (mut path, called) in found {
            if called == "*" {
                path.pop();
                self.globs.push(path);
            } else if called == "_" {
                self.paths.push(path);
            } else {
                self.imports.insert(called, Import { path, public });
            }
        }
    }
}

impl Package {
    fn read(root: &Path) -> Package {
        let mut found = Vec::new();
        super::sources(root, &mut found);
        let files = found.iter().filter(|path| !super::is_test(path));
        let files = files.map(|path| {
            let inside = path.strip_prefix(root).unwrap().with_extension("");
            let mut module: Vec<String> = inside
                .iter()
                .map(|part| part.to_str().unwrap().to_owned())
                .collect();
            if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
                module.pop();
            }
            (module, File::read(path))
        });
        Package {
            files: files.collect(),
        }
    }

    /// The module in which a name of a path is defined; `None` outside this package. The second is
    /// whether it is the module itself that is named.
    fn resolve(
        &self,
        from: &[String],
        path: &[String],
        depth: usize,
    ) -> Option<(Vec<String>, bool)> {
        let mut module = from.to_vec();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => module.clear(),
            "super" => {
                while rest.first().is_some_and(|one| one == "super") {
                    module.pop();
                    rest = &rest[1..];
                }
                return self.inside(module, rest, depth);
            }
            "self" => {}
            first => {
                let mut child = module.clone();
                child.push(first.to_owned());
                let here = self.files.get(&module)?;
                if !self.files.contains_key(&child) && !here.imports.contains_key(first) {
                    return None;
                }
                return self.inside(module, rest, depth);
            }
        }
        rest = &rest[1..];
        self.inside(module, rest, depth)
    }

    /// The same from a module downwards.
    fn inside(
        &self,
        mut module: Vec<String>,
        path: &[String],
        depth: usize,
    ) -> Option<(Vec<String>, bool)> {
        for (nth, name) in path.iter().enumerate() {
            let mut child = module.clone();
            child.push(name.clone());
            if self.files.contains_key(&child) {
                module = child;
                continue;
            }
            let here = self.files.get(&module)?;
            if let Some(import) = here.imports.get(name).filter(|_| depth < 9) {
                let mut whole = import.path.clone();
                whole.extend_from_slice(&path[nth + 1..]);
                // A name that comes from another package is used from there.
                return if whole[0] == *name && import.path.len() == 1 {
                    None
                } else {
                    self.resolve(&module, &whole, depth + 1)
                };
            }
            for glob in here.globs.iter().filter(|_| depth < 9) {
                let mut whole = glob.clone();
                whole.extend_from_slice(&path[nth..]);
                let found = self.resolve(&module, &whole, depth + 1);
                if let Some(found) = found.filter(|(_, is_module)| *is_module) {
                    return Some(found);
                }
            }
            return Some((module, false));
        }
        Some((module, true))
    }

    /// Which files each file uses.
    fn uses(&self) -> BTreeMap<&Path, BTreeSet<&Path>> {
        let mut uses = BTreeMap::new();
        for (module, file) in &self.files {
            let passed_on =
                |name: &str, import: &Import| import.public && !file.names.contains(name);
            let imports = file
                .imports
                .iter()
                .filter(|(name, import)| !passed_on(name, import));
            let imports = imports.map(|(_, import)| &import.path);
            let found = imports
                .chain(&file.paths)
                .filter_map(|path| self.resolve(module, path, 0));
            // To import a module is not yet to use what is in it.
            let found = found.filter(|(_, is_module)| !is_module);
            let globs = file.globs.iter();
            let globs = globs.filter_map(|path| self.resolve(module, path, 0));
            let paths = found.chain(globs).filter(|(other, _)| other != module);
            let paths = paths.map(|(other, _)| self.files[&other].path.as_path());
            uses.insert(file.path.as_path(), paths.collect());
        }
        uses
    }
}

/// All that can be reached from a file.
fn reached<'a>(
    uses: &BTreeMap<&'a Path, BTreeSet<&'a Path>>,
    from: &'a Path,
) -> BTreeSet<&'a Path> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        for next in &uses[file] {
            if reached.insert(*next) {
                open.push(next);
            }
        }
    }
    reached
}

/// The circles of files, each once, in order.
fn circles(package: &Package) -> BTreeSet<BTreeSet<PathBuf>> {
    let uses = package.uses();
    let all: BTreeMap<&Path, BTreeSet<&Path>> = uses
        .keys()
        .map(|file| (*file, reached(&uses, file)))
        .collect();
    let of = |file: &Path| -> BTreeSet<PathBuf> {
        let others = all[file].iter().filter(|other| all[**other].contains(file));
        others.map(|other| (*other).to_owned()).collect()
    };
    all.keys().map(|file| of(file)).collect()
}

#[test]
fn no_circle_has_more_than_three_files() {
    let mut too_large = Vec::new();
    let mut packages = 0;
    for entry in fs::read_dir("src").unwrap() {
        let root = entry.unwrap().path();
        if !root.join("lib.rs").exists() {
            continue;
        }
        packages += 1;
        let circles = circles(&Package::read(&root));
        too_large.extend(circles.into_iter().filter(|files| files.len() > MOST));
    }
    assert!(packages > 10, "the packages were not found");
    assert!(too_large.is_empty(), "files in a circle: {too_large:#?}");
}

/// Packages whose modules are layers, in the order of the doc comment of the package.
const LAYERS: [(&str, &[&str]); 2] = [
    (
        "load",
        &[
            "source", "faults", "decode", "syntax", "link", "locate", "verify",
        ],
    ),
    (
        "model",
        &[
            "word",
            "storage",
            "ids",
            "fields",
            "parts",
            "values",
            "kinds",
            "catalogue",
            "facts",
        ],
    ),
];

/// Each layer uses only those before it. Files that are in none stand above all.
#[test]
fn layers_use_only_those_before_them() {
    for (package, order) in LAYERS {
        let root = Path::new("src").join(package);
        let rank = |path: &Path| {
            let layer = path.strip_prefix(&root).unwrap().iter().next().unwrap();
            let layer = Path::new(layer).file_stem().unwrap();
            let place = order.iter().position(|one| layer == *one);
            place.unwrap_or(order.len())
        };
        let package = Package::read(&root);
        let uses = package.uses();
        for (nth, layer) in order.iter().enumerate() {
            let has_files = uses.keys().any(|file| rank(file) == nth);
            assert!(has_files, "no file in {layer}");
        }
        for (file, others) in uses {
            for other in others {
                assert!(
                    rank(other) <= rank(file),
                    "{} uses {}",
                    file.display(),
                    other.display()
                );
            }
        }
        let doc = fs::read_to_string(root.join("lib.rs")).unwrap();
        let place = |layer: &&str| doc.find(&format!("`{layer}` (")).expect(layer);
        let places = order.iter().map(place);
        assert!(places.is_sorted(), "{}: another order", root.display());
    }
}

/// The test itself sees what it must see: through names that are passed on, and in the code.
#[test]
fn a_circle_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("lib.rs", "mod a;\nmod b;\npub use a::One;\n");
    write(
        "a.rs",
        "use crate::b::{Two, c};\npub struct One;\nfn f() { c::g(\"crate::d::X\") }\n",
    );
    write("b/mod.rs", "pub mod c;\npub(crate) use d::Two;\nmod d;\n");
    write("b/c.rs", "pub fn g() { let _ = super::d::Two; }\n");
    write(
        "b/d.rs",
        "use crate::One;\npub struct Two;\n#[cfg(test)]\nmod tests { use super::super::e::X; }\n",
    );
    write("b/e.rs", "use super::Two;\n");
    let circles = circles(&Package::read(folder.path()));
    let names = |files: &BTreeSet<PathBuf>| -> Vec<String> {
        let inside = files
            .iter()
            .map(|file| file.strip_prefix(folder.path()).unwrap());
        inside.map(|file| file.display().to_string()).collect()
    };
    let circles: Vec<_> = circles
        .iter()
        .filter(|files| !files.is_empty())
        .map(names)
        .collect();
    assert_eq!(circles, [["a.rs", "b/c.rs", "b/d.rs"]]);
}
