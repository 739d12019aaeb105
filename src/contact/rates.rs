//! Outcome rates by the formulas of AAPOR, *Standard Definitions* (10th edition, 2023), "Calculating outcome rates".

use super::Class;

/// Cases by class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([u64; 8]);

impl Counts {
    pub fn add(&mut self, class: Class) {
        self.add_many(class, 1);
    }

    pub fn add_many(&mut self, class: Class, count: u64) {
        let own = &mut self.0[class as usize];
        *own = own.saturating_add(count);
    }

    pub fn of(&self, class: Class) -> u64 {
        self.0[class as usize]
    }

    pub fn all(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The share of cases of unknown eligibility that are eligible, if it is that of the known ones (the proportional
    /// allocation, or CASRO, method): eligible ÷ (eligible + not eligible). None, where nothing is known.
    pub fn estimate_e(&self) -> Option<f64> {
        let eligible: u64 = self.0[..5].iter().sum();
        let known = eligible + self.of(Class::NotEligible);
        (known > 0).then(|| eligible as f64 / known as f64)
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.0.iter_mut().zip(other.0).for_each(|(own, more)| *own += more);
    }
}

/// Where `e` comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum E {
    /// From these very cases.
    Estimated,
    /// From 0 to 1, as somebody who knows better says.
    Given(f64),
}

/// One rate: its name in the standard, its formula, and its value; None where its denominator is 0 or `e` is unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    pub name: &'static str,
    pub formula: &'static str,
    pub value: Option<f64>,
}

/// Response, cooperation, refusal and contact rates. `U` in formulas is `UH + UO`.
pub fn rates(counts: &Counts, e: E) -> Vec<Rate> {
    let of = |class| counts.of(class) as f64;
    let (i, p, r) = (of(Class::Complete), of(Class::Partial), of(Class::Refusal));
    let (nc, o) = (of(Class::NonContact), of(Class::Other));
    let u = of(Class::UnknownHousehold) + of(Class::UnknownOther);
    let known = i + p + r + nc + o;
    // Without unknown cases no `e` is needed.
    let likely = match e {
        E::Given(e) => Some(e * u),
        E::Estimated if u == 0.0 => Some(0.0),
        E::Estimated => counts.estimate_e().map(|e| e * u),
    };
    let share = |above: f64, below: Option<f64>| below.filter(|below| *below > 0.0).map(|below| above / below);
    let (all, some) = (Some(known + u), likely.map(|likely| known + likely));
    let rate = |name, formula, value| Rate { name, formula, value };
    vec![
        rate("RR1", "I / (I+P+R+NC+O+U)", share(i, all)),
        rate("RR2", "(I+P) / (I+P+R+NC+O+U)", share(i + p, all)),
        rate("RR3", "I / (I+P+R+NC+O+e·U)", share(i, some)),
        rate("RR4", "(I+P) / (I+P+R+NC+O+e·U)", share(i + p, some)),
        rate("RR5", "I / (I+P+R+NC+O)", share(i, Some(known))),
        rate("RR6", "(I+P) / (I+P+R+NC+O)", share(i + p, Some(known))),
        rate("COOP1", "I / (I+P+R+O)", share(i, Some(i + p + r + o))),
        rate("COOP2", "(I+P) / (I+P+R+O)", share(i + p, Some(i + p + r + o))),
        rate("COOP3", "I / (I+P+R)", share(i, Some(i + p + r))),
        rate("COOP4", "(I+P) / (I+P+R)", share(i + p, Some(i + p + r))),
        rate("REF1", "R / (I+P+R+NC+O+U)", share(r, all)),
        rate("REF2", "R / (I+P+R+NC+O+e·U)", share(r, some)),
        rate("REF3", "R / (I+P+R+NC+O)", share(r, Some(known))),
        rate("CON1", "(I+P+R+O) / (I+P+R+NC+O+U)", share(i + p + r + o, all)),
        rate("CON2", "(I+P+R+O) / (I+P+R+NC+O+e·U)", share(i + p + r + o, some)),
        rate("CON3", "(I+P+R+O) / (I+P+R+NC+O)", share(i + p + r + o, Some(known))),
    ]
}
