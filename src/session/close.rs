use super::validity::takes_answer;
use super::{Disposition, Fault, Part, Record, Session};
use crate::plan::Outcome;

impl Session {
    /// The record: relevant answers only. `Complete` needs that there are no faults, and becomes `ScreenedOut` where an end of
    /// the questionnaire says so; `Partial` takes what there is and
    /// leaves out what a constraint refuses.
    pub fn close(&self, disposition: Disposition) -> Result<Record, Vec<Fault>> {
        let screened = self.ended().is_some_and(|end| end.outcome == Outcome::ScreenedOut);
        if disposition != Disposition::Partial {
            let faults = self.faults(None);
            if !faults.is_empty() {
                return Err(faults);
            }
        }
        let opening = self.opening();
        let mut record = Record {
            v: 1,
            id: self.id().to_owned(),
            plan: opening.plan.clone(),
            round: opening.round.clone(),
            questionnaire: opening.questionnaire.clone(),
            mode: opening.mode,
            rater_group: opening.rater_group.clone(),
            stratum: opening.stratum.clone(),
            disposition: if screened && disposition == Disposition::Complete {
                Disposition::ScreenedOut
            } else {
                disposition
            },
            repeats: Default::default(),
            answers: Default::default(),
            missing: Default::default(),
            notes: Default::default(),
            attachments: Default::default(),
        };
        for index in 0..self.len() {
            let item = self.item(index);
            if !self.is_relevant(index) {
                continue;
            }
            if self.part(index) == Part::Repeat {
                record.repeats.insert(self.key(index), self.instances(index) as u32);
            }
            if !takes_answer(item.kind) {
                continue;
            }
            if let Some(reason) = self.missing(index) {
                record.missing.insert(self.key(index), reason);
            }
            if let Some(note) = self.note(index) {
                record.notes.insert(self.key(index), note.to_owned());
            }
            if let Some(answer) = self.answer(index)
                && self.is_answered(index)
                && self.accepts(index)
            {
                record.answers.insert(self.key(index), answer.clone());
            }
        }
        Ok(record)
    }
}
