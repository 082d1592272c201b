//! Records that a mapping implies: `speaker: "{Who}"` says that there is an actor of each name in
//! the column, as an actor with that name and key would.

use serde_json::Value;

use crate::table::map::{Field, Part, Plan, Shape, Template};
use annals_model::{Field as ModelField, RecordKind, Shape as ModelShape, Vocabulary as _};

/// Adds the records that fields refer to by a name, and lets the fields refer to them. Where a
/// column says that it has ids, and of records without names, it stays as it is.
pub(super) fn complete(plans: &mut Vec<Plan>) {
    let mut implied = Implied {
        first: plans.len(),
        plans: Vec::new(),
    };
    for plan in plans.iter_mut() {
        let said = plan.fields.iter().find_map(|one| match one {
            (Field::Known("said"), Shape::Of(said)) => Some(said.clone()),
            _ => None,
        });
        let each = plan.each.clone();
        for (field, shape) in &mut plan.fields {
            let Field::Known(name) = *field else {
                continue;
            };
            let Some(field) = plan.kind.field(name) else {
                continue;
            };
            let said = said.as_ref().filter(|_| name == "at");
            implied.shape(shape, field, each.as_ref(), said);
        }
    }
    plans.append(&mut implied.plans);
    let claims = plans
        .iter()
        .filter(|plan| plan.kind == RecordKind::Claim)
        .flat_map(|plan| &plan.fields)
        .filter(|(field, _)| *field == Field::Known("speaker"));
    let mut speakers = Vec::new();
    claims.for_each(|(_, shape)| records(shape, &mut speakers));
    for nth in speakers {
        plans[nth].speaks = true;
    }
}

/// The records that a value names.
fn records(shape: &Shape, all: &mut Vec<usize>) {
    match shape {
        Shape::Id(nth) => all.push(*nth),
        Shape::List(items) => items.iter().for_each(|item| records(item, all)),
        _ => {}
    }
}

struct Implied {
    /// How many records the mapping has without them.
    first: usize,
    plans: Vec<Plan>,
}

type Each = (Template, Vec<String>);

impl Implied {
    fn shape(
        &mut self,
        shape: &mut Shape,
        field: &'static ModelField,
        each: Option<&Each>,
        said: Option<&Template>,
    ) {
        if let Shape::List(items) = shape {
            for item in items {
                self.shape(item, field, each, said);
            }
            return;
        }
        match field.shape {
            ModelShape::Reference(kinds) | ModelShape::References(kinds) => {
                let Some(kind) = named_kind(kinds) else {
                    return;
                };
                let (name, each) = match shape {
                    Shape::Of(name) if !name.ids => {
                        let of_part = name.parts.contains(&Part::It);
                        (name.clone(), each.filter(|_| of_part).cloned())
                    }
                    Shape::Split(column, signs) if !column.ids => {
                        let name = Template {
                            parts: vec![Part::It],
                            ..column.clone()
                        };
                        (name, Some((column.clone(), signs.clone())))
                    }
                    _ => return,
                };
                self.plans.push(plan(kind, name, each, said));
                *shape = Shape::Id(self.first + self.plans.len() - 1);
            }
            ModelShape::Part(part) | ModelShape::Parts(part) => {
                let Shape::Object(members) = shape else {
                    return;
                };
                for (name, member) in members {
                    let own = part.fields.iter().find(|one| one.name == name);
                    if let Some(own) = own {
                        self.shape(member, own, each, None);
                    }
                }
            }
            _ => {}
        }
    }
}

/// What a name in a field that may refer to these kinds stands for; nothing where only an id does.
fn named_kind(kinds: &[RecordKind]) -> Option<RecordKind> {
    use RecordKind::{Claim, Order, Relation, Topic};
    if kinds.contains(&Topic) {
        return Some(Topic);
    }
    let mut named = kinds.iter().copied();
    named.find(|kind| !matches!(kind, Claim | Relation | Order))
}

/// A record of a name. The event at which something was said has the day of what was said: one of
/// the same name on another day is another.
fn plan(kind: RecordKind, name: Template, each: Option<Each>, said: Option<&Template>) -> Plan {
    let mut key = name.clone();
    let called = super::super::words::called_by(kind);
    let mut fields = vec![(Field::Known(called), Shape::Of(name))];
    if kind == RecordKind::Actor {
        let person = annals_model::ActorKind::Person.word();
        fields.push((Field::Known("kind"), Shape::Same(Value::from(person))));
    }
    if let Some(said) = said.filter(|_| kind == RecordKind::Event) {
        key.parts.push(Part::Text(" ".to_owned()));
        key.parts.extend(said.parts.iter().cloned());
        fields.push((Field::Known("when"), Shape::Of(said.clone())));
    }
    Plan {
        kind,
        each,
        key: Some(key),
        id: None,
        fields,
        implied: true,
        speaks: false,
    }
}
