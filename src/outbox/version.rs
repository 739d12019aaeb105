//! An open interview that was taken over to another version of its plan: what it was before is kept until it is closed, so that it
//! can be taken back.

use super::{Changes, View, join};
use crate::session::Draft;
use crate::store::DRAFT;

/// What the key of an interview as it was begins with: its answers stand in the clear.
pub const BEFORE: &str = "setting/before/";

/// In a rescue file, before the id of such an interview: the record that it would have been on its old version, sealed. It is in no
/// count: the interview itself is in the file as it is now.
pub const FALLEN: &str = "fallen/";

/// The draft of another version in its place. `None`: there is no such draft.
pub fn take_over(view: &impl View, id: &str, draft: &Draft) -> Option<Changes> {
    let old = view.body(&join(DRAFT, id))?;
    let before = join(BEFORE, id);
    let mut changes = vec![(join(DRAFT, id), Some(draft.encode()))];
    // Of several versions in a row, the one that the answers were given on is what is gone back to.
    if view.body(&before).is_none() {
        changes.push((before, Some(old)));
    }
    Some(changes)
}

/// What the interview was before it was taken over.
pub fn before(view: &impl View, id: &str) -> Option<Draft> {
    Draft::parse(&view.body(&join(BEFORE, id))?).ok()
}

/// As it was before: what was answered since is gone.
pub fn take_back(view: &impl View, id: &str) -> Option<Changes> {
    let (old, draft) = (view.body(&join(BEFORE, id))?, join(DRAFT, id));
    view.body(&draft)?;
    Some(vec![(draft, Some(old)), (join(BEFORE, id), None)])
}

/// In the step that ends the interview.
pub(super) fn forget(view: &impl View, id: &str) -> Option<String> {
    let before = join(BEFORE, id);
    view.body(&before).map(|_| before)
}

#[cfg(test)]
mod tests {
    use super::super::{Closed, attachment_key, seal, superfluous, void};
    use super::*;
    use crate::named::Named;
    use crate::plan::{Digest, Mode};
    use crate::session::{Answer, Opening, PlanRef};
    use crate::store::{Entries, Entry};

    fn draft(version: &str, words: &str) -> Draft {
        let plan = PlanRef { id: "town".into(), version: version.into(), digest: Digest(version.repeat(43)) };
        Draft {
            v: 1,
            id: "s1".into(),
            opening: Opening {
                plan,
                round: "r".into(),
                questionnaire: "q".into(),
                mode: Mode::Face,
                rater_group: None,
                stratum: None,
                link: None,
                full: Vec::new(),
            },
            language: "en".into(),
            section: 0,
            review: false,
            clock: None,
            repeats: Named::new(),
            answers: Named::from([("say".to_owned(), Answer::Text(words.into()))]),
            missing: Named::new(),
            notes: Named::new(),
            locked: false,
        }
    }

    fn write(store: &mut Entries, changes: Changes) {
        for (key, body) in changes {
            let revision = store.get(&key).map_or(1, |entry| entry.revision + 1);
            store.insert(key.clone(), Entry { key, revision, body });
        }
    }

    fn kept(store: &Entries) -> Option<Draft> {
        Draft::parse(&store.body("draft/s1")?).ok()
    }

    #[test]
    fn an_interview_taken_over_can_be_taken_back_to_the_version_of_its_answers() {
        let mut store = Entries::new();
        assert_eq!(take_over(&store, "s1", &draft("2", "new")), None);
        write(&mut store, vec![("draft/s1".into(), Some(draft("1", "old").encode()))]);
        for version in ["2", "3"] {
            let step = take_over(&store, "s1", &draft(version, "new")).unwrap();
            write(&mut store, step);
            assert_eq!(kept(&store), Some(draft(version, "new")));
            assert_eq!(before(&store, "s1"), Some(draft("1", "old")));
        }
        let step = take_back(&store, "s1").unwrap();
        write(&mut store, step);
        assert_eq!((kept(&store), before(&store, "s1")), (Some(draft("1", "old")), None));
        assert_eq!(take_back(&store, "s1"), None);
    }

    #[test]
    fn what_it_was_goes_with_the_step_that_ends_it_and_its_photos_stay_until_then() {
        let mut store = Entries::new();
        write(&mut store, vec![("draft/s1".into(), Some(draft("1", "old").encode()))]);
        let photo = attachment_key("s1", "photo");
        write(&mut store, vec![(photo.clone(), Some("AAAA".into()))]);
        assert_eq!(superfluous(&store, "s1", &|_| false), std::slice::from_ref(&photo));
        let step = take_over(&store, "s1", &draft("2", "new")).unwrap();
        write(&mut store, step);
        assert_eq!(superfluous(&store, "s1", &|_| false), Vec::<String>::new());
        let plan = draft("2", "").opening.plan;
        let closed = Closed { id: "s1", plan: &plan, round: "r", link: None };
        for step in [seal(&store, closed, "{}"), void(&store, closed, "mistake")] {
            let mut after = store.clone();
            write(&mut after, step);
            assert_eq!(before(&after, "s1"), None);
            assert_eq!(after.body("setting/before/s1"), None);
            assert_eq!(after.body(&photo), None);
        }
    }
}
