use super::{View, join};
use crate::session::{Answer, Attachment, Record};
use crate::store::{ATTACHMENT, DRAFT};

/// Key of an attachment of a session.
pub fn attachment_key(id: &str, name: &str) -> String {
    let mut key = prefix(id);
    key.push_str(name);
    key
}

fn prefix(id: &str) -> String {
    let mut prefix = join(ATTACHMENT, id);
    prefix.push('/');
    prefix
}

/// Puts the attachments that its answers name into a record that is about to be sealed. One that is not here is left out, and
/// the office is told of it.
pub fn attach(view: &impl View, record: &mut Record) {
    for answer in record.answers.values() {
        if let Answer::Text(name) = answer
            && Attachment::parse(name).is_some()
            && let Some(data) = view.body(&attachment_key(&record.id, name))
        {
            record.attachments.insert(name.clone(), data);
        }
    }
}

/// Keys of all attachments of a session.
pub(super) fn attached(view: &impl View, id: &str) -> Vec<String> {
    let mut keys = Vec::new();
    view.each(&prefix(id), &mut |key, _| keys.push(key.to_owned()));
    keys
}

/// Keys of attachments that nothing needs: those of sessions without a draft, and those of the session `id` that `names` does
/// not hold, unless it may be taken back to another version. They may be removed once the draft without them is durable.
pub fn superfluous(view: &impl View, id: &str, names: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut keys = Vec::new();
    view.each(ATTACHMENT, &mut |key, _| {
        let (of, name) = key[ATTACHMENT.len()..].split_once('/').unwrap_or_default();
        // What an interview was before it went to another version still names its own.
        let needed = if of == id {
            names(name) || super::version::forget(view, of).is_some()
        } else {
            view.body(&join(DRAFT, of)).is_some()
        };
        if !needed {
            keys.push(key.to_owned());
        }
    });
    keys
}

#[cfg(test)]
mod tests {
    use super::super::{Closed, seal, void};
    use super::*;
    use crate::plan::Digest;
    use crate::session::{AttachmentType, PlanRef};
    use crate::store::{Entries, Entry};

    fn name(seed: u8) -> String {
        Attachment { kind: AttachmentType::Png, bytes: 3 }.name(&[seed; 32])
    }

    fn store(keys: &[String]) -> Entries {
        keys.iter().map(|key| (key.clone(), Entry::new(key.clone(), 1, "AAAA"))).collect()
    }

    fn plan() -> PlanRef {
        PlanRef { id: "city".into(), version: "1".into(), digest: Digest("p".repeat(43)) }
    }

    fn record(id: &str, answer: &str) -> Record {
        let text = [
            r#"{"v":1,"id":""#,
            id,
            r#"","plan":{"id":"city","version":"1","digest":""#,
            &"p".repeat(43),
            r#""},"round":"r","questionnaire":"q","mode":"face","disposition":"complete","answers":{"a":""#,
            answer,
            r#"","b":"words"}}"#,
        ];
        Record::parse(&text.concat()).unwrap()
    }

    #[test]
    fn a_record_takes_with_it_what_its_answers_name_and_nothing_else() {
        let view =
            store(&[attachment_key("s1", &name(1)), attachment_key("s1", &name(2)), attachment_key("s2", &name(1))]);
        let mut taken = record("s1", &name(1));
        attach(&view, &mut taken);
        assert_eq!(taken.attachments.keys().collect::<Vec<_>>(), [&name(1)]);
        assert_eq!(Record::parse(&taken.encode()).unwrap(), taken);
        let mut other = record("s1", &name(9));
        attach(&view, &mut other);
        assert!(other.attachments.is_empty(), "what is not here is left out, and the answer stays");
    }

    #[test]
    fn a_session_that_ends_takes_its_attachments_off_the_device_and_no_other_session_s() {
        let view = store(&[
            "draft/s1".into(),
            attachment_key("s1", &name(1)),
            attachment_key("s1", &name(2)),
            attachment_key("s10", &name(1)),
        ]);
        let plan = plan();
        let closed = |link| Closed { id: "s1", plan: &plan, round: "r", link };
        let gone = ["draft/s1".to_owned(), attachment_key("s1", &name(1)), attachment_key("s1", &name(2))];
        for changes in [seal(&view, closed(None), "{}"), void(&view, closed(None), "refused")] {
            assert_eq!(changes[0].0, "sealed/s1");
            let removed: Vec<&String> =
                changes[1..].iter().filter(|(_, body)| body.is_none()).map(|(key, _)| key).collect();
            assert_eq!(removed, gone.iter().collect::<Vec<_>>());
        }
        let removed = void(&view, closed(Some("token")), "refused");
        assert_eq!(removed.iter().map(|(key, _)| key).collect::<Vec<_>>(), gone.iter().collect::<Vec<_>>());
    }

    #[test]
    fn what_a_draft_names_and_what_another_draft_has_is_never_superfluous() {
        let view = store(&[
            "draft/s1".into(),
            "draft/s2".into(),
            attachment_key("s1", &name(1)),
            attachment_key("s1", &name(2)),
            attachment_key("s2", &name(3)),
            attachment_key("s3", &name(4)),
        ]);
        let found = superfluous(&view, "s1", &|known| known == name(1));
        assert_eq!(found, [attachment_key("s1", &name(2)), attachment_key("s3", &name(4))]);
    }
}
