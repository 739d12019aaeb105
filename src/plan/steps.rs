use super::Decimal;

/// The numbers that a `range` offers: from `start` by `step` up to `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    pub start: Decimal,
    pub end: Decimal,
    pub step: Decimal,
}

impl Steps {
    /// Whether they lead anywhere: upwards, and to `end` itself.
    pub fn lead(self) -> bool {
        self.step > Decimal::ZERO && self.start < self.end && self.holds(self.end)
    }

    /// Whether a number is one of them.
    pub fn holds(self, number: Decimal) -> bool {
        let (from, step) = (i128::from(self.start.millionths()), i128::from(self.step.millionths()));
        let on = step > 0 && (i128::from(number.millionths()) - from) % step == 0;
        on && self.start <= number && number <= self.end
    }

    /// Whether all of them are whole: the answer is a whole number then, else the digits of a number with a point.
    pub fn are_whole(self) -> bool {
        [self.start, self.step].iter().all(|number| number.millionths() % Decimal::SCALE == 0)
    }

    /// How many there are. Only of steps that lead.
    pub fn count(self) -> u64 {
        let span = i128::from(self.end.millionths()) - i128::from(self.start.millionths());
        (span / i128::from(self.step.millionths()).max(1) + 1).clamp(0, i128::from(u64::MAX)) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(start: &str, end: &str, step: &str) -> Steps {
        let [start, end, step] = [start, end, step].map(|text| Decimal::parse(text).unwrap());
        Steps { start, end, step }
    }

    #[test]
    fn steps_lead_upwards_and_to_the_end() {
        assert!(steps("0", "1", "0.1").lead() && steps("-3", "3", "1.5").lead());
        assert!(!steps("0", "10", "3").lead() && !steps("1", "1", "1").lead() && !steps("2", "1", "-1").lead());
        assert!(!steps("0", "1", "0").lead());
        assert_eq!((steps("0", "1", "0.1").count(), steps("1", "10", "1").count()), (11, 10));
    }

    #[test]
    fn a_number_between_two_steps_is_none_of_them() {
        let tenths = steps("0.5", "2", "0.1");
        let holds = |text| tenths.holds(Decimal::parse(text).unwrap());
        assert!(holds("0.5") && holds("0.60") && holds("2"));
        assert!(!holds("0.55") && !holds("0.4") && !holds("2.1"));
    }
}
