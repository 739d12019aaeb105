use crate::carry::carry;

/// What the checks go by. The defaults are those of docs/quality.md, which gives the source of each.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Straight-lining: fewest grades in a list for it to be judged.
    pub fewest_grades: u32,
    /// Straight-lining: share of equal grades in a list from which it is flagged.
    pub same_share: f64,
    /// Straight-lining: length of a run of equal grades from which it is flagged, if it is also half of the list.
    pub longest_run: u32,
    /// Straight-lining: standard deviation of the grades' places at or below which it is flagged.
    pub variability: f64,
    /// Missing patterns: share of questions left blank or refused from which a record is flagged.
    pub unanswered: f64,
    /// Missing patterns: share of "don't know" from which a record is flagged.
    pub dont_know: f64,
    /// Speeding: share of the median time per answer below which a record is flagged.
    pub speed: f64,
    /// Bursts: minutes in which one device closed `burst_records` records.
    pub burst_minutes: f64,
    pub burst_records: u32,
    /// Time of day: first and last hour (0 to 24) in which interviews are expected to close.
    pub hours: (u8, u8),
    /// Near duplicates: share of equal answers from which a pair is flagged.
    pub matched: f64,
    /// Near duplicates: fewest answers that both gave.
    pub fewest_common: u32,
    /// Near duplicates: how many pairs are listed; all are counted.
    pub listed_pairs: usize,
    /// Interviewers: fewest records of one for it to be compared.
    pub fewest_records: u32,
    /// Interviewers: p, corrected for the number of comparisons (Holm), below which one is flagged.
    pub significance: f64,
    /// Interviewers: intraclass correlation whose lower limit, when it is above this, is flagged.
    pub correlation: f64,
    /// Uniform units: fewest grades of a unit for it to be judged, and the share of one grade from which it is flagged.
    pub fewest_raters: u32,
    pub uniform: f64,
    /// Quotas: fewest cells with a target, and the share of them met exactly from which they are flagged.
    pub fewest_quotas: u32,
    pub neat: f64,
    /// Where the records say how long the interview took and who held it: names of items. A record holds no time unless
    /// the plan asks for it.
    pub times: Times,
    /// Item that names the interviewer; without it, devices are compared.
    pub interviewer: Option<String>,
}

/// Items that hold times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// Seconds that the interview took, a number.
    pub seconds: Option<String>,
    /// Beginning, a date with time.
    pub start: Option<String>,
    /// End, a date with time.
    pub end: Option<String>,
}

carry!(struct Settings {
    fewest_grades, same_share, longest_run, variability, unanswered, dont_know, speed, burst_minutes, burst_records, hours,
    matched, fewest_common, listed_pairs, fewest_records, significance, correlation, fewest_raters, uniform, fewest_quotas,
    neat, times, interviewer,
});
carry!(struct Times { seconds, start, end });

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            fewest_grades: 5,
            same_share: 1.0,
            longest_run: 10,
            variability: 0.1,
            unanswered: 0.2,
            dont_know: 0.5,
            speed: 0.5,
            burst_minutes: 10.0,
            burst_records: 3,
            hours: (7, 21),
            matched: 0.85,
            fewest_common: 20,
            listed_pairs: 1000,
            fewest_records: 10,
            significance: 0.05,
            correlation: 0.1,
            fewest_raters: 10,
            uniform: 1.0,
            fewest_quotas: 3,
            neat: 1.0,
            times: Times::default(),
            interviewer: None,
        }
    }
}
