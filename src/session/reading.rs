use super::instrument::{Instrument, Part};
use super::layout::Layout;
use super::scene::{Scene, row};
use super::{BeginError, Record, key};
use crate::expression::{Expression, Host, Values};
use crate::plan::{Plan, Questionnaire};

/// A questionnaire as it is read from records: what their keys are of, and what conditions on their answers say.
pub(crate) struct Reading {
    instrument: Instrument,
    /// Of a record without repeats.
    plain: Layout,
    host: &'static dyn Host,
}

/// The instances that one record has.
pub(crate) struct Instances(Option<Layout>);

impl Reading {
    pub fn new(plan: &Plan, questionnaire: &Questionnaire, host: &'static dyn Host) -> Result<Reading, BeginError> {
        let instrument = Instrument::lay_out(plan, questionnaire)?;
        let plain = Layout::build(&instrument, "", &Default::default(), &|_| 0);
        Ok(Reading { instrument, plain, host })
    }

    /// Which instances the record has; or the key that is not of a repeat, or one that it counts too high.
    pub fn instances(&self, record: &Record) -> Result<Instances, String> {
        if record.repeats.is_empty() {
            return Ok(Instances(None));
        }
        let layout = Layout::build(&self.instrument, &record.id, &record.repeats, &|_| 0);
        for (key, &count) in &record.repeats {
            let found =
                layout.find(&self.instrument, key).filter(|(item, _)| self.instrument.parts[*item] == Part::Repeat);
            let counted = found.map(|(item, at)| layout.inside(at, self.instrument.inner_frame(item)).len());
            if counted != Some(count as usize) {
                return Err(key.clone());
            }
        }
        Ok(Instances(Some(layout)))
    }

    /// The name of the item that a key of the record is of, if the record has that instance.
    pub fn name<'k>(&self, instances: &Instances, key: &'k str) -> Option<&'k str> {
        let (item, _) = instances.layout(self).find(&self.instrument, key)?;
        (self.instrument.parts[item] == Part::Item).then(|| key::name(key))
    }

    /// Whether a condition of the item with this key holds. A record holds relevant answers only, so nothing has to be
    /// hidden from it. `None`: the record has no such key, or the condition asks what no record holds, the clock or the
    /// language of the interview.
    pub fn holds(
        &self,
        plan: &Plan,
        record: &Record,
        instances: &Instances,
        key: &str,
        condition: &Expression,
    ) -> Option<bool> {
        if condition.uses_clock() || condition.uses_language() {
            return None;
        }
        let spot = instances.layout(self).find(&self.instrument, key)?;
        Some(condition.holds(&Scene { spot, ..self.scene(plan, record, instances) }))
    }

    /// Whether the filter of the item with this key lets a row of its list through. `None`: the record has no such key, or
    /// the filter asks what no record holds, the clock or the language of the interview.
    pub fn admits(
        &self,
        plan: &Plan,
        record: &Record,
        instances: &Instances,
        key: &str,
        filter: &Expression,
        (list, at): (usize, usize),
    ) -> Option<bool> {
        if filter.uses_clock() || filter.uses_language() {
            return None;
        }
        let spot = instances.layout(self).find(&self.instrument, key)?;
        let scene = Scene { spot, ..self.scene(plan, record, instances) };
        Some(!filter.admit(&scene, std::iter::once((at, row(list, at)))).is_empty())
    }

    /// What a condition sees that belongs to no item.
    pub fn values<'a>(&'a self, plan: &'a Plan, record: &'a Record, instances: &'a Instances) -> impl Values {
        // Evaluated at the first item, which it sees too.
        Scene { own: true, ..self.scene(plan, record, instances) }
    }

    fn scene<'a>(&'a self, plan: &'a Plan, record: &'a Record, instances: &'a Instances) -> Scene<'a> {
        Scene {
            plan,
            host: self.host,
            instrument: &self.instrument,
            layout: instances.layout(self),
            answers: &record.answers,
            state: None,
            id: &record.id,
            language: "",
            clock: None,
            spot: (0, 0),
            own: false,
        }
    }
}

impl Instances {
    fn layout<'a>(&'a self, reading: &'a Reading) -> &'a Layout {
        self.0.as_ref().unwrap_or(&reading.plain)
    }
}
